/** Drawings beside words; they say nothing by themselves. */

function Icon({ path }: { readonly path: string }): React.ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

export function Chevron(): React.ReactNode {
  return <Icon path="m6 9 6 6 6-6" />
}

export function Bars(): React.ReactNode {
  return <Icon path="M4 6h16M4 12h16M4 18h16" />
}

export function Speaker(): React.ReactNode {
  return <Icon path="M4 9v6h4l6 5V4L8 9zM18 9a4 4 0 0 1 0 6" />
}
