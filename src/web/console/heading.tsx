/** The one h1 of a view; it has the focus when the view appears, so that screen readers begin there. */
import { Title } from '@mantine/core'
import { useEffect, useRef } from 'react'

export function Heading({ children }: { readonly children: React.ReactNode }): React.ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Title order={1} size="h2" ref={heading} tabIndex={-1}>
      {children}
    </Title>
  )
}
