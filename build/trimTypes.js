/** Leaves of the type declarations what the entries can name: whole files, and declarations in them, that nothing leads to are removed. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/**
 * Removes what no entry refers to from a folder of declarations: it is useless, and may need packages that are not installed. `roots` are names that
 * are kept as well as those that the entries export, by file.
 */
export function trimTypes(folder, entries, roots) {
  const files = new Map();
  const open = (path) => {
    if (!files.has(path)) files.set(path, readFile(join(folder, path), path));
    return files.get(path);
  };
  for (const entry of entries) for (const name of open(entry).exported.keys()) keep(open, entry, name);
  for (const [path, names] of Object.entries(roots)) for (const name of names) keep(open, path, name);
  for (const found of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = found.replaceAll('\\', '/');
    if (!path.endsWith('.d.ts')) continue;
    const kept = files.get(path)?.kept ?? new Set();
    if (kept.size === 0) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), textOf(files.get(path)));
  }
  removeEmpty(folder);
}

/** Reads the declarations, imports and exports of a file, by name. An export of all of another file is the name `*`. */
function readFile(file, path) {
  const source = ts.createSourceFile(path, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const read = { source, declared: new Map(), imported: new Map(), exported: new Map(), kept: new Set() };
  const fileOf = (specifier) => {
    const { text } = specifier;
    return text.startsWith('.') ? posix.join(posix.dirname(path), text.replace(/\.js$/, '.d.ts')) : undefined;
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = fileOf(statement.moduleSpecifier);
      for (const each of statement.importClause?.namedBindings?.elements ?? []) {
        read.imported.set(each.name.text, { each, statement, from, name: (each.propertyName ?? each.name).text });
      }
      if (!statement.importClause?.namedBindings?.elements) throw new Error(`${path}: an import without names.`);
    } else if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier && fileOf(statement.moduleSpecifier);
      if (!statement.exportClause) read.exported.set('*', { statement, from });
      for (const each of statement.exportClause?.elements ?? []) {
        read.exported.set(each.name.text, { each, statement, from, name: (each.propertyName ?? each.name).text });
      }
    } else {
      for (const name of namesOf(statement, path)) {
        read.declared.set(name, [...(read.declared.get(name) ?? []), statement]);
        if (ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export) read.exported.set(name, { name });
      }
    }
  }
  return read;
}

function namesOf(statement, path) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.text);
  if (statement.name && ts.isIdentifier(statement.name)) return [statement.name.text];
  throw new Error(`${path}: a ${ts.SyntaxKind[statement.kind]} that no name leads to.`);
}

/** Keeps what a name of a file leads to. */
function keep(open, path, name) {
  const file = open(path);
  if (name === '*' || !file.exported.has(name)) {
    const all = file.exported.get('*');
    if (!all) throw new Error(`${path} does not export ${name}.`);
    file.kept.add(all.statement);
    const names = name === '*' ? [...open(all.from).exported.keys()] : [name];
    for (const each of names) keep(open, all.from, each);
    return;
  }
  const found = file.exported.get(name);
  if (found.each) {
    if (file.kept.has(found.each)) return;
    file.kept.add(found.each).add(found.statement);
  }
  if (found.statement?.moduleSpecifier) {
    if (found.from) keep(open, found.from, found.name);
  } else keepLocal(open, path, found.name);
}

/** Keeps what a name means within a file: its declarations with all names in them, or its import. */
function keepLocal(open, path, name) {
  const file = open(path);
  const found = file.imported.get(name);
  if (found && !file.kept.has(found.each)) {
    file.kept.add(found.each).add(found.statement);
    if (found.from) keep(open, found.from, found.name);
  }
  for (const statement of file.declared.get(name) ?? []) {
    if (file.kept.has(statement)) continue;
    file.kept.add(statement);
    const visit = (node) => {
      if (ts.isIdentifier(node)) keepLocal(open, path, node.text);
      if (ts.isImportTypeNode(node)) throw new Error(`${path}: a type that is imported where it stands.`);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
}

/** Returns the text of what is kept of a file. */
function textOf({ source, kept }) {
  const statements = source.statements.flatMap((statement) => {
    if (!kept.has(statement)) return [];
    const list = statement.importClause?.namedBindings ?? statement.exportClause;
    // With the comments before it: one may be for the compiler.
    const whole = statement.getFullText();
    if (!list) return [whole.trim()];
    const names = list.elements.filter((each) => kept.has(each)).map((each) => each.getText());
    const [start, end] = [list.getStart(), list.getEnd()].map((at) => at - statement.getFullStart());
    return [`${whole.slice(0, start)}{ ${names.join(', ')} }${whole.slice(end)}`.trim()];
  });
  return `${statements.join('\n')}\n`;
}

/** Removes empty folders, deepest first, so that a folder of empty folders goes, too. */
function removeEmpty(folder) {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = folders.map(({ parentPath, name }) => join(parentPath, name)).sort((a, b) => b.length - a.length);
  for (const path of paths) if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
}
