/** What the Messenger channel must know of the Meta app and its pages. */
export interface MessengerConfig {
  /** Access token by page id. Events of other pages are ignored. */
  readonly pages: ReadonlyMap<string, string>
  readonly appId: string
  /** One secret, or two while it is rotated: the first signs, either verifies. */
  readonly appSecrets: readonly string[]
  readonly verifyToken: string
  /** True when Meta granted the Human Agent feature. */
  readonly humanAgent: boolean
  /** Graph API with its version, for example `https://graph.facebook.com/v26.0`. */
  readonly graphApiUrl: string
}
