import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/options/check.js';
import { exportOptions } from '../../src/options/export.js';
import { flowOptions } from '../../src/options/flow.js';
import { handshakeOptions } from '../../src/options/handshake.js';
import { keysOptions } from '../../src/options/keys.js';
import { listenOptions } from '../../src/options/listen.js';
import { loadOptions } from '../../src/options/load.js';
import type { OptionSet } from '../../src/options/option.js';
import { resendOptions } from '../../src/options/resend.js';
import { runOptions } from '../../src/options/run.js';
import { sendOptions } from '../../src/options/send.js';
import { signOptions } from '../../src/options/sign.js';
import { caseOptionSets, suiteDefaultOptions } from '../../src/options/suite.js';
import { verifyOptions } from '../../src/options/verify.js';

/** The functions that do what a command does, each with the options of that command, and with the kind of case of a suite that does the same. */
const functions: Readonly<Record<string, readonly [command: OptionSet, kind?: keyof typeof caseOptionSets]>> = {
  createDelivery: [sendOptions, 'send'],
  send: [sendOptions, 'send'],
  simulate: [sendOptions, 'send'],
  check: [checkOptions, 'check'],
  flow: [flowOptions, 'flow'],
  listen: [listenOptions],
  load: [loadOptions, 'load'],
  handshake: [handshakeOptions, 'handshake'],
  runSuite: [runOptions],
  resend: [resendOptions],
  exportDeliveries: [exportOptions],
  keys: [keysOptions],
  sign: [signOptions],
  verify: [verifyOptions],
  verifyAsync: [verifyOptions],
  diagnose: [verifyOptions],
};

/** Those that no command does. */
const others = [
  'close',
  'defineConfig',
  'defineProvider',
  'deliver',
  'listProviders',
  'loadProvider',
  'prepare',
  'samplePayload',
];

/** Options that are no flags, and why. */
const noFlags: Readonly<Record<string, string>> = {
  provider: 'the first argument of the command',
  event: 'an argument of the command',
  events: 'arguments of the command',
  flow: 'an argument of the command',
  names: 'arguments of the command',
  suites: 'arguments of the command',
  deliveries: 'arguments of the command',
  command: 'what follows -- on a command line',
  signal: 'ends a call, as Ctrl-C does a command',
  url: 'where a delivery is addressed, also one for a handler in this process; --to is an address or a name',
  route: 'the way as values, such as the text of a certificate; flags name files',
  as: 'how a handler in this process is called',
  args: 'what a handler in this process gets',
  base64: 'what a handler in this process gets',
  payload: 'a value in place of the file that --data names',
  body: 'bytes in place of the file that --raw names, or of the argument',
  schema: 'a JSON Schema or a schema of a library, which a command line has none of',
  headers: 'as they came, in any form in which programs hold them; --header is one',
  method: 'a part of a request, which a command reads from a capture',
  capture: 'the text of the file that is the argument of the command',
};

/** Flags that are keys of no case, and why. */
const noKeys: Readonly<Record<string, string>> = {
  all: 'a case names what it sends',
  handshake: 'handshakes are a case of their own',
  value: 'a text of a handshake, which is a case of its own',
  serveKeys: 'of the whole run',
  log: 'of the whole run',
  config: 'of the whole run',
  expect: 'a key of every case, where it may say more than a status',
};

/** Flags that the function of their command lacks, and why. */
const onlyFlags: Readonly<Record<string, string>> = {
  json: 'a call prints nothing',
  quiet: 'a call prints nothing',
  verbose: 'a call prints nothing',
  report: 'a call prints nothing',
  github: 'a call prints nothing',
  list: 'a call prints nothing',
  dryRun: 'createDelivery makes deliveries that are not sent',
  curl: 'exportDeliveries makes the commands',
  save: 'a call gives back what would be written',
  out: 'a call gives back what would be written',
  force: 'a call gives back what would be written',
  format: 'a call gives back the keys in every form',
  serve: 'a program serves what it likes; serveKeys of the others does it meanwhile',
  header: 'headers, as they came',
  edit: 'opens an editor',
};

/** Functions that take all that their commands do. */
const whole = ['flow', 'listen', 'load', 'handshake', 'runSuite', 'resend', 'exportDeliveries', 'keys', 'diagnose'];

const root = join(import.meta.dirname, '../..');
const source = (path: string) => join(root, path);
const { config } = ts.readConfigFile(source('tsconfig.json'), (path) => readFileSync(path, 'utf8'));
const { options: compiler } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const files = ['src/index.ts', 'test/api/givenTypes.ts', 'src/transport/undici.d.ts'].map(source);
const program = ts.createProgram(files, compiler);
const checker = program.getTypeChecker();

function exportsOf(path: string): Map<string, ts.Symbol> {
  const module = checker.getSymbolAtLocation(program.getSourceFile(source(path))!)!;
  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, resolved(symbol)]));
}

const library = exportsOf('src/index.ts');
const given = checker.getDeclaredTypeOfSymbol(exportsOf('test/api/givenTypes.ts').get('GivenTypes')!);

/** The options of a function, by name, with their types. */
function optionsOf(name: string): Map<string, ts.Type> {
  const [signature] = checker.getTypeOfSymbol(library.get(name)!).getCallSignatures();
  const parameter = signature!.parameters.find((each) => each.name === 'options')!;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
  const properties = checker.getPropertiesOfType(type);
  return new Map(properties.map((each) => [each.name, checker.getNonNullableType(checker.getTypeOfSymbol(each))]));
}

function givenType(type: string): ts.Type {
  return checker.getTypeOfSymbol(checker.getPropertyOfType(given, type)!);
}

describe('the surfaces of an option', () => {
  it('are compared for every function that the library exports', () => {
    const callable = [...library].filter(([, symbol]) => symbol.flags & ts.SymbolFlags.Function).map(([name]) => name);
    const known = [...Object.keys(functions), ...others];
    expect(callable.filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(functions).filter((name) => !callable.includes(name))).toEqual([]);
  });

  it.each(Object.entries(functions))('have one name: %s', (name, [command, kind]) => {
    const options = [...optionsOf(name).keys()];
    expect(options.length).toBeGreaterThan(2);
    const flags = options.filter((option) => option in command);
    const unknown = options.filter((option) => !(option in command) && !(option in noFlags));
    expect(unknown, 'an option is a flag, or has its reason in this file').toEqual([]);
    if (kind === undefined) return;
    const keys = caseOptionSets[kind];
    const missing = flags.filter((option) => !(option in keys) && !(option in noKeys));
    expect(missing, 'a flag is a key of suites, or has its reason in this file').toEqual([]);
  });

  it.each(whole)('are all there: %s takes every flag of its command', (name) => {
    const options = optionsOf(name);
    const missing = Object.keys(functions[name]![0]).filter((flag) => !options.has(flag) && !(flag in onlyFlags));
    expect(missing).toEqual([]);
  });

  it('give a suite for all its cases what a run may be given for all of it', () => {
    const shared = Object.keys(suiteDefaultOptions).filter((key) => key in runOptions);
    const options = optionsOf('runSuite');
    expect(shared.length).toBeGreaterThan(5);
    expect(shared.filter((key) => !options.has(key))).toEqual([]);
  });

  it('have no exception that is none', () => {
    const sets = Object.entries(functions).map(([name, [command, kind]]) => ({
      options: optionsOf(name),
      command,
      keys: kind === undefined ? null : caseOptionSets[kind],
      isWhole: whole.includes(name),
    }));
    const isNoFlag = (option: string) =>
      sets.some(({ options, command }) => options.has(option) && !(option in command));
    const isNoKey = (option: string) =>
      sets.some(({ options, command, keys }) => options.has(option) && option in command && keys && !(option in keys));
    const isOnlyFlag = (option: string) =>
      sets.some(({ options, command, isWhole }) => isWhole && option in command && !options.has(option));
    expect(Object.keys(noFlags).filter((option) => !isNoFlag(option))).toEqual([]);
    expect(Object.keys(noKeys).filter((option) => !isNoKey(option))).toEqual([]);
    expect(Object.keys(onlyFlags).filter((option) => !isOnlyFlag(option))).toEqual([]);
  });
});

describe('the type of an option in the library', () => {
  /** Of these a call may give all that there is; of the others, such as names of events, what TypeScript knows. */
  const open = [
    'switch',
    'whole',
    'timeLimit',
    'duration',
    'moment',
    'schedule',
    'speed',
    'status',
    'rejection',
    'hosts',
  ];
  /** Those whose values are other ones in a call, and why. */
  const otherwise: Readonly<Record<string, string>> = {
    to: 'a handler in this process, too',
    body: 'bytes, not a file',
    from: 'the bytes or the text of a capture, too',
    bail: 'true, or a number',
  };

  it.each(Object.entries(functions))('is what the table of options says: %s', (name, [command]) => {
    const wrong: string[] = [];
    let compared = 0;
    for (const [option, type] of optionsOf(name)) {
      const spec = command[option];
      if (!spec || option in otherwise) continue;
      compared++;
      const wanted = givenType(spec.type);
      const fits = checker.isTypeAssignableTo(type, wanted);
      const isWhole = !open.includes(spec.type) || checker.isTypeAssignableTo(wanted, type);
      const choices = type.isUnion() ? type.types.map((each) => (each as ts.StringLiteralType).value) : [];
      const isChoice = spec.choices === undefined || [...spec.choices].sort().join() === choices.sort().join();
      if (!fits || !isWhole || !isChoice) wrong.push(`${option}: ${checker.typeToString(type)}, of type ${spec.type}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});
