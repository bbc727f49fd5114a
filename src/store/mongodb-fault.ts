/**
 * What went wrong with MongoDB, in words that say what to do next. A server's own text is never repeated and never kept as the cause:
 * it may quote a stored document. Nor is that of an address that cannot be read: it may quote the password.
 */
import {
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb'
import { StoreUnavailable } from './collection.js'

const LOGIN =
  'MongoDB refuses the user or the password; correct them in MONGODB_URI, and add ?authSource=admin when the user is kept in that database'
const RIGHTS = 'the user in MONGODB_URI may not do this; give it the role readWrite on the database'
const NO_PRIMARY = 'MongoDB has no primary now; it is chosen within seconds, otherwise check that most members of the replica set run'
const UNCONFIRMED = 'most members of the replica set did not confirm a write, which may have happened all the same; check that they run'
const BROKEN = 'the connection to MongoDB broke, and a write may have happened all the same; check the network and that MongoDB runs'

/** Reasons by code (https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml; 8000 is what Atlas answers to a wrong login). */
const REASONS: Readonly<Record<number, string>> = {
  11: LOGIN,
  18: LOGIN,
  8000: LOGIN,
  13: RIGHTS,
  50: 'MongoDB could not answer in the time there was, and a write may have happened all the same; see what keeps it busy',
  85: 'an index of other options has the name or the paths of one of ours; drop it, it is made again',
  86: 'an index of other options has the name or the paths of one of ours; drop it, it is made again',
  91: NO_PRIMARY,
  189: NO_PRIMARY,
  10107: NO_PRIMARY,
  11600: NO_PRIMARY,
  11602: NO_PRIMARY,
  13435: NO_PRIMARY,
  13436: NO_PRIMARY,
  11000: 'a unique index cannot be made, because two documents have the same key; restore the collection from a backup',
  14031: "MongoDB's disk is full; make room",
}
const DUPLICATE_KEY = 11_000

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY
}

/** The error of the port for an error of the driver; what is neither is a mistake of ours and stays as it is. */
export function unavailable(error: unknown): unknown {
  if (error instanceof MongoWriteConcernError) return new StoreUnavailable(named(UNCONFIRMED, error))
  if (error instanceof MongoServerError)
    return new StoreUnavailable(named(REASONS[Number(error.code)] ?? 'MongoDB refused the call', error))
  if (isClosed(error)) return new StoreUnavailable('it was closed')
  if (error instanceof MongoServerSelectionError) return new StoreUnavailable(unreachable(error), { cause: error })
  if (error instanceof MongoNetworkError) return new StoreUnavailable(coded(BROKEN, systemCode(error)), { cause: error })
  if (error instanceof MongoError || systemCode(error) !== '')
    return new StoreUnavailable(coded('MongoDB cannot be used', systemCode(error) || (error as Error).name), { cause: error })
  return error
}

/** Only of this form is the driver's text free of parts of the address. */
const UNKNOWN_OPTION = /^options? [\w, ]+ (is|are) not supported$/

export function unreadableAddress(error: unknown): StoreUnavailable {
  const message = error instanceof Error && UNKNOWN_OPTION.test(error.message) ? ` (${error.message})` : ''
  const form = 'mongodb://user:password@host:27017/opgang'
  return new StoreUnavailable(`MONGODB_URI cannot be read${message}; write ${form}, with %-codes for : / ? # [ ] @ % in user and password`)
}

function isClosed(error: unknown): boolean {
  return [MongoNotConnectedError, MongoTopologyClosedError, MongoServerClosedError, MongoClientClosedError].some(
    (closed) => error instanceof closed,
  )
}

function unreachable(error: MongoServerSelectionError): string {
  const servers = [...(error.reason?.servers.entries() ?? [])]
  const faults = servers.map(([address, { error: fault }]) => coded(address, systemCode(fault)))
  const answering = servers.some(([, { error: fault }]) => fault === null)
  if (servers.length > 0 && answering) return `${NO_PRIMARY} (${faults.join(', ')})`
  return `MongoDB cannot be reached at ${faults.join(', ')}; check that it runs, and its host and port in MONGODB_URI`
}

/** The system's or OpenSSL's word for it, for example `ECONNREFUSED` or `CERT_HAS_EXPIRED`; empty when there is none. */
function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? systemCode(error.cause) : ''
}

function named(reason: string, { code, codeName }: MongoServerError): string {
  const name: unknown = codeName
  return coded(reason, typeof name === 'string' ? `${name}, ${code}` : String(code ?? ''))
}

function coded(text: string, code: string): string {
  return code === '' ? text : `${text} (${code})`
}
