/** A file from a text, as the store reads it. */
import { LineCounter, parseDocument } from 'yaml'
import type { FileSource } from '../../../src/core/dialog/cursor.js'
import { parseDialog } from '../../../src/core/dialog/parse.js'
import type { Dialog, Problem } from '../../../src/core/types.js'

export function yamlSource(text: string, file = 'dialogs/test.yaml'): FileSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineOf = (path: readonly (string | number)[]) => {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined
    return node?.range ? lines.linePos(node.range[0]).line : undefined
  }
  return { file, value: document.toJS(), lineOf }
}

/** A dialog of these nodes, indented by nothing. */
export function dialogOf(nodes: string, id = 'test'): Dialog {
  const read = parseDialog(id, yamlSource(nodesFile(nodes)))
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.dialog
}

export function problemsOf(nodes: string): readonly Problem[] {
  const read = parseDialog('test', yamlSource(nodesFile(nodes)))
  return 'problems' in read ? read.problems : []
}

/** Nodes begin on line 4. */
export function nodesFile(nodes: string): string {
  const indented = nodes
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
  return ['name: Prøve', 'language: da', 'nodes:', ...indented].join('\n')
}
