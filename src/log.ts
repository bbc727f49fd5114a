/** The program's own log: one structured line each, JSON in production and readable otherwise; ids and timings, never a person's words. */
import winston from 'winston'
import type { Log } from './app/ports.js'
import { makeSafe } from './safe-fields.js'

export function createLog(level: string, production: boolean): Log {
  const { combine, timestamp, json, printf } = winston.format
  const readable = printf(({ timestamp: at, level: severity, message, ...fields }) => {
    const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
    return `${String(at)} ${severity} ${String(message)}${rest}`
  })
  const safe = winston.format((line) => {
    makeSafe(line)
    return line
  })
  const logger = winston.createLogger({
    level,
    format: combine(timestamp(), safe(), production ? json() : readable),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  })
  return {
    info: (message, fields) => void logger.info(message, fields),
    warn: (message, fields) => void logger.warn(message, fields),
    error: (message, fields) => void logger.error(message, fields),
  }
}
