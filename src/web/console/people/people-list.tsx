/** The lists of volunteers: one of them is shown, narrowed by area, network and name. */
import { Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type PeopleList as List, PEOPLE_LISTS, type PeoplePage } from '../../../core/people-types.js'
import { call, Refusal } from '../api.js'
import { Notice } from '../notice.js'
import type { PageProps } from '../page-props.js'
import { useTexts } from '../texts.js'
import { networkInWords } from './people-words.js'
import { PersonRows } from './person-rows.js'
import { rowId } from './row-id.js'
import { Select } from './select.js'

/** The list is read anew this often while it is looked at, beside what the server tells by itself. */
const ANEW_MS = 60_000
/** Keys are pressed faster; a name is looked for when they rest. */
const TYPING_MS = 300

export function PeopleList({ areas, left, open }: PageProps): React.ReactNode {
  const { say } = useTexts()
  const [list, setList] = useState<List>('applied')
  const [narrow, setNarrow] = useState<Narrow>({ area: '', network: '', find: '' })
  const find = useRested(narrow.find.trim())
  const people = usePeople({ list, ...narrow, find }, left)
  const pages = people.data?.pages
  const first = pages?.[0]
  const rows = pages?.flatMap((page) => page.rows)
  const isNarrowed = narrow.area !== '' || narrow.network !== '' || find !== ''
  const heading = useFocusBack(open)
  return (
    <Stack>
      <Title order={1} size="h2" ref={heading} tabIndex={-1}>
        {say('people.title')}
      </Title>
      <Lists list={list} counts={first?.counts} choose={setList} />
      <Narrowing areas={areas} networks={first?.networks ?? []} narrow={narrow} set={setNarrow} />
      <Notice outcome={people.error instanceof Refusal ? { failed: people.error } : undefined} />
      <div role="status">
        {rows === undefined && people.error === null ? <Text>{say('loading')}</Text> : null}
        {rows?.length === 0 ? <Text>{say(isNarrowed ? 'people.none.found' : `people.none.${list}`)}</Text> : null}
      </div>
      {rows === undefined ? null : <PersonRows rows={rows} areas={areas} networks={first?.networks ?? []} opened={open} />}
      {people.hasNextPage ? (
        <Button variant="default" disabled={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {say('people.more')}
        </Button>
      ) : null}
      <p className="quiet">
        <a
          className="people-file"
          href={`/api/people/file${narrow.area === '' ? '' : `?area=${encodeURIComponent(narrow.area)}`}`}
          download
        >
          {say('people.file')}
        </a>{' '}
        {say('people.file.how')}
      </p>
    </Stack>
  )
}

interface Narrow {
  readonly area: string
  readonly network: string
  readonly find: string
}

function usePeople({ list, area, network, find }: Narrow & { readonly list: List }, left: () => void) {
  const people = useInfiniteQuery({
    queryKey: ['people', list, area, network, find],
    queryFn: ({ pageParam }): Promise<PeoplePage> => {
      const given = Object.entries({ list, area, network, next: pageParam }).filter(([, value]) => value !== '')
      return call('GET people', { query: Object.fromEntries(given), find })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ANEW_MS,
    placeholderData: keepPreviousData,
  })
  const isOut = people.error instanceof Refusal && people.error.code === 'sign-in'
  useEffect(() => {
    if (isOut) left()
  }, [isOut, left])
  return people
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), TYPING_MS)
    return () => window.clearTimeout(timer)
  }, [text])
  return rested
}

/** Where the page opens, and where whoever closed somebody who is in no list any more goes on. */
function useFocusBack(open: string): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef<string>(undefined)
  useEffect(() => {
    const row = before.current === undefined ? null : document.getElementById(rowId(before.current))
    if (open === '') (row ?? heading.current)?.focus()
    before.current = open
  }, [open])
  return heading
}

interface ListsProps {
  readonly list: List
  readonly counts: PeoplePage['counts'] | undefined
  readonly choose: (list: List) => void
}

function Lists({ list, counts, choose }: ListsProps): React.ReactNode {
  const { say } = useTexts()
  return (
    <div className="people-lists" role="group" aria-label={say('people.lists')}>
      {PEOPLE_LISTS.map((name) => (
        <button key={name} type="button" aria-pressed={name === list} onClick={() => choose(name)}>
          {say(`people.list.${name}`)} <span className="people-count">{counts?.[name] ?? ''}</span>
        </button>
      ))}
    </div>
  )
}

interface NarrowingProps extends Pick<PageProps, 'areas'> {
  readonly networks: PeoplePage['networks']
  readonly narrow: Narrow
  readonly set: (narrow: Narrow) => void
}

function Narrowing({ areas, networks, narrow, set }: NarrowingProps): React.ReactNode {
  const { language, say } = useTexts()
  return (
    <div className="people-narrowing">
      <TextInput
        label={say('people.find')}
        maxLength={40}
        autoComplete="off"
        value={narrow.find}
        onChange={(event) => set({ ...narrow, find: event.currentTarget.value })}
      />
      {areas.length > 1 ? (
        <Select
          label={say('people.area')}
          value={narrow.area}
          options={[['', say('people.area.all')], ...areas.map(({ id, name }) => [id, name] as const)]}
          set={(area) => set({ ...narrow, area })}
        />
      ) : null}
      <Select
        label={say('people.network')}
        value={narrow.network}
        options={[['', say('people.network.all')], ...networks.map(({ id }) => [id, networkInWords(id, networks, language)] as const)]}
        set={(network) => set({ ...narrow, network })}
      />
    </div>
  )
}
