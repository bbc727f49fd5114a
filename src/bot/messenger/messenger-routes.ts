/** The channel's four addresses as functions, without a web server. */
import { answerDeletion, type DeletionDeps, deletionStatus } from './deletion.js'
import { verifyHandshake } from './signature.js'
import { createWebhook, type Webhook, type WebhookDeps } from './webhook.js'

export interface MessengerRoutes {
  /** The challenge to repeat, or undefined (403). */
  verifyHandshake(query: Readonly<Record<string, unknown>>): string | undefined
  handleWebhook: Webhook
  /** The data deletion callback's answer, or undefined (400). */
  deletion(signedRequest: string): { url: string; confirmation_code: string } | undefined
  /** The page about a deletion request, or undefined (404). */
  deletionStatus(code: string): string | undefined
}

export function messengerRoutes(deps: WebhookDeps & DeletionDeps): MessengerRoutes {
  return {
    verifyHandshake: (query) => verifyHandshake(query, deps.config.verifyToken),
    handleWebhook: createWebhook(deps),
    deletion: (signedRequest) => answerDeletion(signedRequest, deps),
    deletionStatus,
  }
}
