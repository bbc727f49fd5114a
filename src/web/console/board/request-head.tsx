/** What a request is, at one look. */
import type { RequestView } from '../../../core/board-types.js'
import { isolated } from '../../../core/language/isolated.js'
import { telHref } from '../../shared/rich-text.js'
import type { Area } from '../api.js'
import { useTexts } from '../texts.js'
import { LanguageLabel } from './language-label.js'
import { languageName } from './languages.js'
import { marksOf } from './request-row.js'
import { Moment, WaitSince } from './times.js'
import { capital, staffName, standing, wordsOf } from './words.js'

interface HeadProps {
  readonly view: RequestView
  readonly areas: readonly Area[]
}

export function RequestFacts({ view, areas }: HeadProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const { when, stairwell, waitsSince, callBack, codeWord, alias, helper, agreed, staff, network, closed, dangerSeen } = view
  const place = areas.find(({ id }) => id === view.area)?.name ?? view.area
  const wishes = [
    ...(view.wishes?.gender === undefined ? [] : [say(`board.wish.${view.wishes.gender}`)]),
    ...(view.wishes?.notFromStairwell === true ? [say('board.wish.stairwell')] : []),
  ]
  return (
    <dl className="facts">
      <Fact name={say('board.fact.state')}>
        {standing(texts, view)}
        {waitsSince === undefined ? null : (
          <>
            {' · '}
            <span className="waits">
              {say('board.waits').toLowerCase()} <WaitSince since={waitsSince} />
            </span>
          </>
        )}
      </Fact>
      <Fact name={say('board.fact.danger')}>{dangerSeen && <DangerSeen seen={dangerSeen} />}</Fact>
      <Fact name={say('board.fact.when')}>{when && capital(say(`board.when.${when}`))}</Fact>
      <Fact name={say('board.fact.opened')}>
        <Moment at={view.openedAt} />
      </Fact>
      <Fact name={say('board.fact.language')}>
        <Spoken view={view} />
      </Fact>
      <Fact name={say('board.fact.place')}>
        {place}
        {stairwell === undefined ? null : `, ${say('board.stairwell', { stairwell: isolated(stairwell) })}`}
      </Fact>
      <Fact name={say('board.fact.wishes')}>{wishes.length === 0 ? undefined : capital(wishes.join(', '))}</Fact>
      <Fact name={say('board.fact.alias')}>{alias && <bdi>{alias}</bdi>}</Fact>
      <Fact name={say('board.fact.helper')}>{helper && <bdi>{helper}</bdi>}</Fact>
      <Fact name={say('board.fact.agreed')}>{agreed && <Moment at={agreed} />}</Fact>
      <Fact name={say('board.fact.staff')}>{staff === undefined ? undefined : capital(staffName(texts, staff))}</Fact>
      <Fact name={say('board.fact.network')}>{network}</Fact>
      <Fact name={say('board.fact.phone')}>
        {callBack && (
          <a href={telHref(callBack)}>
            <bdi dir="ltr">{callBack}</bdi>
          </a>
        )}
      </Fact>
      <Fact name={say('board.fact.word')}>{codeWord && <bdi className="code-word">{codeWord}</bdi>}</Fact>
      <Fact name={say('board.fact.closed')}>{closed && <Moment at={closed.at} />}</Fact>
    </dl>
  )
}

/** What it is, and the talk in which it was written, whose alarm it is then. */
function DangerSeen({ seen: { kind, talks } }: { readonly seen: NonNullable<RequestView['dangerSeen']> }): React.ReactNode {
  const texts = useTexts()
  const where = talks.length === 0 ? [] : [texts.say('board.danger.talks', { talks: talks.join(', ') })]
  return [wordsOf(texts, 'danger', kind), ...where].join(' · ')
}

/** Nothing without content. */
function Fact({ name, children }: { readonly name: string; readonly children?: React.ReactNode }): React.ReactNode {
  if (children === undefined || children === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Spoken({ view }: Pick<HeadProps, 'view'>): React.ReactNode {
  const { language, say } = useTexts()
  const others = view.otherLanguages.map((code) => languageName(code, language).spoken)
  return (
    <>
      <LanguageLabel code={view.language} />
      {others.length === 0 ? null : `, ${say('board.also', { languages: others.join(', ') })}`}
    </>
  )
}

/** Only what changes what staff do: danger, alarms, a worry, who it is for. */
export function RequestMarks({ view }: Pick<HeadProps, 'view'>): React.ReactNode {
  const texts = useTexts()
  const { alarm: _shownBelow, ...row } = view
  const minor = view.minor === true ? [{ text: texts.say('board.mark.minor'), brick: true }] : []
  const marks = [...marksOf(texts, row).filter(({ brick }) => brick), ...minor]
  if (marks.length === 0 && view.behalf === undefined) return null
  return (
    <p className="board-marks">
      {marks.map(({ text }) => (
        <span key={text} className="mark brick">
          {text}
        </span>
      ))}
      {view.behalf === undefined ? null : <span className="mark">{texts.say('board.mark.behalf')}</span>}
    </p>
  )
}
