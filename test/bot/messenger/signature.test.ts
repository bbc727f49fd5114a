import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { answerDeletion, deletionStatus } from '../../../src/bot/messenger/deletion.js'
import { isSigned, verifyHandshake } from '../../../src/bot/messenger/signature.js'
import { parseSignedRequest } from '../../../src/bot/messenger/signed-request.js'
import { APP, cases, keys, sign } from './messenger-test-kit.js'

interface VerifyCase {
  readonly request: { readonly query: Record<string, string> }
  readonly expect: { readonly http_status: number; readonly body_exact?: string }
}

test.each(cases<VerifyCase>('verify'))('handshake %s', (_, { request, expect: expected }) => {
  expect(verifyHandshake(request.query, APP.verifyToken)).toBe(expected.http_status === 200 ? expected.body_exact : undefined)
})

test.each<[string, Record<string, unknown>]>([
  ['no mode', { 'hub.mode': undefined }],
  ['another mode', { 'hub.mode': 'unsubscribe' }],
  ['a token in a list', { 'hub.verify_token': [APP.verifyToken] }],
  ['a challenge in an object', { 'hub.challenge': { a: '1' } }],
  ['markup for a challenge', { 'hub.challenge': '<script>1</script>' }],
  ['an empty token', { 'hub.verify_token': '' }],
])('no handshake with %s', (_, change) => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': APP.verifyToken, 'hub.challenge': '1158201444', ...change }
  expect(verifyHandshake(query, APP.verifyToken)).toBeUndefined()
  expect(verifyHandshake({ ...query, 'hub.verify_token': '' }, '')).toBeUndefined()
})

test.each<[string, unknown, boolean]>([
  ['the signature', sign('body'), true],
  ['upper case', sign('body').replace(/[a-f]/g, (letter) => letter.toUpperCase()), true],
  ['one digit changed', sign('body').replace(/.$/, (digit) => (digit === '0' ? '1' : '0')), false],
  ['too short', sign('body').slice(0, -2), false],
  ['too long', `${sign('body')}00`, false],
  ['sha1', `sha1=${createHmac('sha1', APP.secret).update('body').digest('hex')}`, false],
  ['no prefix', sign('body').slice(7), false],
  ['a list', [sign('body')], false],
  ['nothing', undefined, false],
])('%s', (_, header, signed) => {
  expect(isSigned(Buffer.from('body'), header, [APP.secret])).toBe(signed)
})

test('an empty secret signs nothing', () => {
  expect(isSigned(Buffer.from('body'), sign('body', ''), [''])).toBe(false)
})

describe('data deletion', () => {
  const NOW = 1_795_393_000_000
  const request = (claims: unknown, secret = APP.secret) => {
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`
  }
  const claims = { algorithm: 'HMAC-SHA256', expires: 1_795_395_600, issued_at: 1_795_392_000, user_id: '218471' }
  const deps = { config: { appSecrets: [APP.secret] }, keys, publicUrl: 'https://opgang.example', now: () => NOW }
  const [[, valid] = []] = cases<{ request: { form: { signed_request: string } } }>('data-deletion')

  test('the same person gets the same page and code', () => {
    const signed = valid?.request.form.signed_request ?? ''
    const answer = answerDeletion(signed, deps)
    expect(answer).toEqual({
      url: `https://opgang.example/deletion/${answer?.confirmation_code}`,
      confirmation_code: expect.stringMatching(/^[\w-]{16}$/),
    })
    expect(answerDeletion(signed, deps)).toEqual(answer)
    expect(answerDeletion(request(claims), deps)?.confirmation_code).not.toBe(answer?.confirmation_code)
    expect(answer?.url).not.toContain('10223344556677889')
  })

  test.each<[string, string, string | undefined]>([
    ['a person', request(claims), '218471'],
    ['a numeric id', request({ ...claims, user_id: 218471 }), '218471'],
    ['one that does not expire', request({ ...claims, expires: 0 }), '218471'],
    ['the second secret', request(claims, 'second'), '218471'],
    ['another secret', request(claims, 'other'), undefined],
    ['expired', request({ ...claims, expires: NOW / 1000 - 1 }), undefined],
    ['expires never read', request({ ...claims, expires: 'soon' }), undefined],
    ['another algorithm', request({ ...claims, algorithm: 'none' }), undefined],
    ['no algorithm', request({ ...claims, algorithm: undefined }), undefined],
    ['nobody', request({ ...claims, user_id: undefined }), undefined],
    ['a list', request([claims]), undefined],
    ['null', request(null), undefined],
    ['a changed payload', `${request(claims)}A`, undefined],
    ['three parts', `${request(claims)}.x`, undefined],
    ['one part', 'abc', undefined],
    ['nothing', '', undefined],
    ['no JSON', `${createHmac('sha256', APP.secret).update('e30x').digest('base64url')}.e30x`, undefined],
  ])('%s', (_, text, userId) => {
    expect(parseSignedRequest(text, [APP.secret, 'second'], NOW)?.userId).toBe(userId)
  })

  test('the page says what was done and how to delete in the chat, and nothing is written into it', () => {
    const page = deletionStatus('AbCdEfGh01234-_9')
    expect(page).toContain('AbCdEfGh01234-_9')
    expect(page).toMatch(/slet mig[\s\S]*delete me/)
    expect(['', 'short', '<script>alert(1)</script>', '../../../etc/pass'].map(deletionStatus)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
