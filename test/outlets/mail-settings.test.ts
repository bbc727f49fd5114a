/** The settings of mail: read into what is used, or refused in words that hold no password. */
import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../src/config.js'

const LOGIN = { user: 'opgang', password: 'hemmeligt ord' }

describe('the settings', () => {
  const read = (env: Record<string, string>) => readConfig({ MAIL_FROM: 'opgang@example.dk', ...env })
  const problems = (env: Record<string, string>) => {
    const result = read(env)
    return 'problems' in result ? result.problems : []
  }

  test.each([
    ['smtp://opgang:hemmeligt%20ord@mail.example.dk:2525', { host: 'mail.example.dk', port: 2525, implicitTls: false, login: LOGIN }],
    ['smtps://opgang:hemmeligt%20ord@mail.example.dk', { host: 'mail.example.dk', port: 465, implicitTls: true, login: LOGIN }],
    ['smtp://mail.example.dk/', { host: 'mail.example.dk', port: 587, implicitTls: false }],
    ['smtp://[::1]:25', { host: '::1', port: 25, implicitTls: false }],
    ['smtp://post.rødgrød.dk', { host: 'post.xn--rdgrd-vuad.dk', port: 587, implicitTls: false }],
  ])('SMTP_URL %s is read', (url, server) => {
    const result = read({ SMTP_URL: url })
    expect('config' in result && result.config.SMTP_URL).toEqual(server)
  })

  test.each([
    'mail.example.dk',
    'http://mail.example.dk',
    'smtp://',
    'smtp://opgang@mail.example.dk',
    'smtp://opgang:hemmelig#ord@mail.example.dk',
    'smtp://opgang:hemmelig%ord@mail.example.dk',
    'smtp://opgang:hemmelig@mail.example.dk/?requireTLS=false',
  ])('SMTP_URL %s is refused without repeating it', (url) => {
    const [problem, ...more] = problems({ SMTP_URL: url })
    expect([problem, more]).toEqual([expect.stringMatching(/^SMTP_URL: write smtp:/), []])
    expect(problem).not.toContain('hemmelig')
  })

  test('mail needs a sender, and goes in the clear on this machine only', () => {
    expect(problems({ MAIL_FROM: '', SMTP_URL: 'smtp://mail.example.dk' })).toEqual([expect.stringMatching(/^MAIL_FROM: missing/)])
    expect(problems({ MAIL_FROM: 'opgang' })).toEqual([expect.stringMatching(/^MAIL_FROM: write an address/)])
    expect(problems({ SMTP_TLS: 'maybe' })).toEqual([expect.stringMatching(/^SMTP_TLS: write required or off/)])
    expect(problems({ SMTP_URL: 'smtp://mail.example.dk', SMTP_TLS: 'off' })).toEqual([expect.stringMatching(/^SMTP_TLS: off would let/)])
    expect(problems({ SMTP_URL: 'smtp://127.0.0.1.example.dk', SMTP_TLS: 'off' })).toHaveLength(1)
    expect(problems({ SMTP_URL: 'smtps://localhost', SMTP_TLS: 'off' })).toEqual([expect.stringMatching(/smtps; change one/)])
    for (const host of ['localhost', '127.0.0.1', '[::1]']) expect(problems({ SMTP_URL: `smtp://${host}`, SMTP_TLS: 'off' })).toEqual([])
  })
})
