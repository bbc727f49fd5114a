/** What happened with a request: who was asked and why, step by step, what the two wrote, and how it went. */
import type { DecisionView, RequestView, TalkLine } from '../../../core/board-types.js'
import { useTexts } from '../texts.js'
import { Moment } from './times.js'
import { capital, happened, reasonWords, wordsOf } from './words.js'

interface StoryProps {
  readonly view: RequestView
}

export function Decisions({ view: { decisions } }: StoryProps): React.ReactNode {
  const { say } = useTexts()
  const count = new Set(decisions.flatMap(({ asked }) => asked.map(({ id }) => id))).size
  return (
    <details className="fold">
      <summary>
        {say('board.why')}
        {count === 0 ? null : <span className="quiet"> · {say('board.why.count', { n: String(count) })}</span>}
      </summary>
      {decisions.length === 0 ? <p className="quiet">{say('board.why.none')}</p> : null}
      <ol className="decisions">
        {decisions.toReversed().map((decision) => (
          <li key={`${decision.at}.${decision.step}`}>
            <Decision decision={decision} />
          </li>
        ))}
      </ol>
    </details>
  )
}

function Decision({ decision: { at, step, asked, notAsked } }: { readonly decision: DecisionView }): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  return (
    <>
      <p>
        <Moment at={at} /> <strong>{wordsOf(texts, 'step', step)}</strong>
      </p>
      {asked.length === 0 ? null : (
        <dl className="why" aria-label={say('board.why.asked')}>
          {asked.map(({ id, name, why, answer }) => (
            <div key={id}>
              <dt>
                <bdi>{name || say('board.gone.person')}</bdi>
                {answer === undefined ? null : <span className="answer"> {wordsOf(texts, 'answer', answer)}</span>}
              </dt>
              <dd>{capital(why.map((reason) => reasonWords(texts, reason)).join(', '))}</dd>
            </div>
          ))}
        </dl>
      )}
      {notAsked.length === 0 ? null : (
        <>
          <p className="quiet">{say('board.why.not')}</p>
          <ul className="why-not">
            {notAsked.map(({ why, count, names }) => (
              <li key={`${why.id}.${JSON.stringify(why.values)}`}>
                <span className="number">{count}</span> <span>{reasonWords(texts, why)}</span>
                {names.every((name) => name === '') ? null : (
                  <span className="quiet">
                    {' '}
                    <Names names={names.filter((name) => name !== '')} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Names({ names }: { readonly names: readonly string[] }): React.ReactNode {
  return names.map((name, at) => (
    // The same name may stand there twice.
    <span key={`${name}.${names.indexOf(name, at)}`}>
      {at === 0 ? '' : ', '}
      <bdi>{name}</bdi>
    </span>
  ))
}

export function Timeline({ view: { timeline } }: StoryProps): React.ReactNode {
  const texts = useTexts()
  return (
    <section aria-labelledby="board-timeline">
      <h3 id="board-timeline">{texts.say('board.timeline')}</h3>
      <ol className="timeline">
        {timeline.map((entry, at) => (
          <li key={`${entry.at}.${entry.what}.${timeline.indexOf(entry, at)}`}>
            <Moment at={entry.at} />
            <span>{happened(texts, entry)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function Talk({ view }: StoryProps): React.ReactNode {
  const { say } = useTexts()
  const { talk } = view
  // Nobody has talked yet and nobody can: the place would only be noise.
  if (talk.length === 0 && view.helper === undefined) return null
  return (
    <section aria-labelledby="board-talk">
      <h3 id="board-talk">{say('board.talk')}</h3>
      {talk.length === 0 ? <p className="quiet">{say('board.talk.none')}</p> : null}
      <ol className="talk">
        {talk.map((line, at) => (
          <li key={`${line.at}.${line.side}.${talk.indexOf(line, at)}`} className={line.side}>
            <Line line={line} view={view} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Line({ line: { side, at, text, language }, view }: StoryProps & { readonly line: TalkLine }): React.ReactNode {
  const { say } = useTexts()
  const name = side === 'resident' ? view.alias : view.helper
  return (
    <>
      <p className="quiet">
        <bdi>{name ?? say(`board.talk.${side}`)}</bdi> · <Moment at={at} />
      </p>
      <p className="said" dir="auto" lang={language}>
        {text}
      </p>
    </>
  )
}

export function Feedback({ view: { feedback } }: StoryProps): React.ReactNode {
  const { say } = useTexts()
  if (feedback.length === 0) return null
  return (
    <section aria-labelledby="board-feedback">
      <h3 id="board-feedback">{say('board.feedback')}</h3>
      <ul className="feedback">
        {feedback.map(({ by, good, words }) => (
          <li key={by}>
            <p>{say(`board.feedback.${by}.${good ? 'good' : 'bad'}`)}</p>
            {words === undefined ? null : (
              <p className="said" dir="auto">
                {words}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
