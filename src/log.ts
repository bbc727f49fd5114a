/** The program's own log: one structured line each, JSON in production and readable otherwise; ids and timings, never a person's words. */
import winston from 'winston'
import type { Log } from './app/ports.js'

/** Fields that must never be printed, whatever carries them. */
const SECRET = /token|secret|password|authorization|cookie|text/i

export function createLog(level: string, production: boolean): Log {
  const { combine, timestamp, json, printf } = winston.format
  const readable = printf(({ timestamp: at, level: severity, message, ...fields }) => {
    const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
    return `${String(at)} ${severity} ${String(message)}${rest}`
  })
  const logger = winston.createLogger({
    level,
    format: combine(timestamp(), winston.format((line) => safe(line) as typeof line)(), production ? json() : readable),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  })
  return {
    info: (message, fields) => void logger.info(message, fields),
    warn: (message, fields) => void logger.warn(message, fields),
    error: (message, fields) => void logger.error(message, fields),
  }
}

/** Errors become what one needs to find them; secret fields become a mark. */
function safe(line: object): object {
  const clean = Object.entries(line).map(([name, value]) => [
    name,
    SECRET.test(name) ? '[hidden]' : value instanceof Error ? describe(value) : value,
  ])
  return Object.assign(line, Object.fromEntries(clean))
}

function describe(error: Error): Record<string, unknown> {
  const cause = error.cause instanceof Error ? { cause: describe(error.cause) } : {}
  return {
    name: error.name,
    message: error.message,
    at: error.stack
      ?.split('\n')
      .slice(1, 4)
      .map((frame) => frame.trim()),
    ...cause,
  }
}
