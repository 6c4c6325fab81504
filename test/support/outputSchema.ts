import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A part of a JSON Schema. */
type Node = Readonly<Record<string, unknown>>;

const file = join(import.meta.dirname, '../../docs/output.schema.json');
const known = new Map<string, ValidateFunction | null>();
let ajv: Ajv2020 | undefined;

/** Throws where a document that a command printed is not as docs/output.schema.json has it; a member that the schema does not name is wrong, too. */
export function assertOutput(command: string, document: unknown): void {
  const validate = validatorOf(command);
  if (validate === null || validate(document)) return;
  const { type } = document as { type?: string };
  const { $defs } = schema() as unknown as { $defs: Record<string, Node> };
  // Of a choice among many lines, what is wrong with the one that it seems to be.
  const meant = Object.keys($defs).find((name) => name.startsWith(`${type}-line`));
  const one = meant === undefined ? validate : ajv!.getSchema(`output#/$defs/${meant}`)!;
  one(document);
  const errors = one.errors
    ?.slice(0, 4)
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  throw new Error(`What ${command} printed is not as docs/output.schema.json has it: ${errors?.join('; ')}`);
}

function validatorOf(command: string): ValidateFunction | null {
  const found = known.get(command);
  if (found !== undefined) return found;
  if (ajv === undefined) {
    // Each line is compiled once and checked a few times: quick to compile matters, and not quick to run.
    ajv = new Ajv2020({ strict: false, inlineRefs: false, code: { optimize: false } });
    ajv.addSchema(closed(schema()) as object, 'output');
  }
  const isThere = Object.hasOwn((schema() as unknown as { $defs: object }).$defs, command);
  const validate = isThere ? ajv.getSchema(`output#/$defs/${command}`)! : null;
  known.set(command, validate);
  return validate;
}

function schema(): Node {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The schema with no members but those that it names. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const isOpen = copy.type !== 'object' || copy.properties === undefined || 'additionalProperties' in copy;
  return isOpen ? copy : { ...copy, additionalProperties: false };
}
