/** The form of what a browser answers about a passkey; whether it is true is checked by its signature. */
import { z } from 'zod'

const ANSWER_MAX = 20_000
const bytes = z
  .string()
  .max(ANSWER_MAX)
  .regex(/^[\w-]*$/)
const common = {
  id: bytes.min(1),
  rawId: bytes.min(1),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
}

export const RegistrationAnswer = z.object({
  ...common,
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: z.array(z.string().max(40)).max(10).optional() }),
})

export const AuthenticationAnswer = z.object({
  ...common,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.optional() }),
})
