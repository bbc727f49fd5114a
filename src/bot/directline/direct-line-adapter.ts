/** Bot Framework's adapter of the web chat. It sends nothing: streams read what was committed. */
import { type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder'

export class DirectLineAdapter extends BotAdapter {
  constructor(private readonly bot: (context: TurnContext) => Promise<void>) {
    super()
  }

  /** Resolves when the bot's turn is committed; throws what the bot throws. */
  async receive(activity: Partial<Activity>): Promise<void> {
    await this.bot(new TurnContext(this, activity))
  }

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map(({ id }) => ({ id: id ?? '' }))
  }

  override async updateActivity(): Promise<void> {
    throw unsupported()
  }

  override async deleteActivity(): Promise<void> {
    throw unsupported()
  }

  override async continueConversation(): Promise<void> {
    throw unsupported()
  }
}

function unsupported(): Error {
  return new Error('The web chat shows committed turns only; receive an event in the conversation instead.')
}
