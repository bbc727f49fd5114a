/** What the rules of the architecture need to know of a source file, read from its syntax tree. */
import { parseSync } from '@swc/core'

export interface Import {
  /** As written: `../core/types.js`, `express`, `node:fs`. */
  readonly from: string
  /** Gone at run time: `import type`, `export type`, `import('…').Name`. */
  readonly typeOnly: boolean
}

export interface Source {
  /** From the root of the project: `src/core/turn.ts`. */
  readonly path: string
  readonly imports: readonly Import[]
  /** Global names it uses and calls it makes, as written: `Date.now`, `process.env`, `new Date()`, `await`. */
  readonly uses: ReadonlySet<string>
  readonly defaultExport: boolean
  /** Lines that are neither blank nor comment. */
  readonly codeLines: number
}

interface SyntaxNode {
  readonly type: string
  readonly [key: string]: unknown
}

type Found = { imports: Import[]; uses: Set<string>; defaultExport: boolean }

export function readSource(path: string, text: string): Source {
  const found: Found = { imports: [], uses: new Set(), defaultExport: false }
  visit(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' }), found)
  return { path, ...found, codeLines: countCode(text) }
}

function visit(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found)
  } else if (isNode(value)) {
    note(value, found)
    for (const [key, child] of Object.entries(value)) if (!isPlainName(key, child)) visit(child, found)
  } else if (typeof value === 'object' && value !== null) {
    // Wrappers without a type of their own, such as the arguments of a call.
    for (const child of Object.values(value)) visit(child, found)
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
}

/** `b` in `a.b` and in `{ b: 1 }` is a name, not a use of a global. */
function isPlainName(key: string, child: unknown): boolean {
  return (key === 'property' || key === 'key') && isNode(child) && child.type === 'Identifier'
}

function note(node: SyntaxNode, found: Found): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      noteImport(node['source'], node['typeOnly'] === true, found)
      if (asList(node['specifiers']).some(exportsDefault)) found.defaultExport = true
      return
    case 'TsImportType':
      noteImport(node['argument'], true, found)
      return
    case 'ExportDefaultDeclaration':
    case 'ExportDefaultExpression':
      found.defaultExport = true
      return
    default:
      noteUse(node, found)
  }
}

function noteUse(node: SyntaxNode, found: Found): void {
  switch (node.type) {
    case 'CallExpression':
      if (isNode(node['callee']) && node['callee'].type === 'Import') noteImport(asList(node['arguments'])[0]?.['expression'], false, found)
      return
    case 'MemberExpression':
      found.uses.add(`${nameOf(node['object'])}.${nameOf(node['property'])}`)
      return
    case 'NewExpression':
      if (asList(node['arguments']).length === 0) found.uses.add(`new ${nameOf(node['callee'])}()`)
      return
    case 'AwaitExpression':
      found.uses.add('await')
      return
    case 'Identifier':
      found.uses.add(nameOf(node))
      return
    default:
      if (node['async'] === true) found.uses.add('async')
  }
}

function noteImport(source: unknown, typeOnly: boolean, found: Found): void {
  if (isNode(source) && source.type === 'StringLiteral') found.imports.push({ from: String(source['value']), typeOnly })
}

function exportsDefault(specifier: SyntaxNode): boolean {
  return specifier.type === 'ExportSpecifier' && nameOf(specifier['exported']) === 'default'
}

function asList(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value : []
}

function nameOf(node: unknown): string {
  return isNode(node) && node.type === 'Identifier' ? String(node['value']) : ''
}

function countCode(text: string): number {
  const withoutBlocks = text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
  return withoutBlocks.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length
}
