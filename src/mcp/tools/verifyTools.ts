import * as z from 'zod';
import { UsageError } from '../../core/errors.js';
import { readOptions } from '../../options/readOptions.js';
import { verifyOptions } from '../../options/verify.js';
import { findProvider } from '../../providers/findProvider.js';
import { diagnosisDocument } from '../../report/verify/diagnosis.js';
import { prepareVerify } from '../../session/verify/prepareVerify.js';
import { chooseToolSecret } from '../destination.js';
import { mcpTool, type ToolMeans, toolFields } from '../mcpTool.js';
import { toolName } from '../toolName.js';

const source = {
  provider: toolFields.provider.optional().describe('Whose request it is. Default: recognized by its headers.'),
  request: z
    .string()
    .optional()
    .describe('The request as text: HTTP with headers and body, a curl command, HAR, or what a tool exported.'),
  delivery: z.string().optional().describe('In place of request: key or id of a delivery of the log, or "last".'),
  secret: toolFields.secret,
  url: z.string().optional().describe('The URL that was signed, where the scheme signs it.'),
  now: z.string().optional().describe('When the request arrived, ISO 8601. Default: from the log or capture, or now.'),
};

/** Tools that verify a request. */
export const verifyTools = [
  mcpTool({
    name: 'verify_request',
    title: 'Verify a request',
    description:
      'Say whether a captured request, or a delivery of the log, is genuine; when its signature does not match, say why and what to change. Works offline.',
    input: z.strictObject(source),
    does: 'look',
    run: verify,
  }),
  mcpTool({
    name: 'diagnose_signature',
    title: 'Diagnose a wrong signature',
    description:
      'A receiver computes another signature than the provider: give the value that it computed, and the mistake behind it is named (parsed body, wrong secret, wrong encoding, wrong order, …) with what to change.',
    input: z.strictObject({ ...source, computed: z.string().describe('The signature that the receiver computed.') }),
    does: 'look',
    run: verify,
  }),
];

interface VerifyArgs {
  readonly provider?: string | undefined;
  readonly request?: string | undefined;
  readonly delivery?: string | undefined;
  readonly secret?: string | undefined;
  readonly url?: string | undefined;
  readonly now?: string | undefined;
  readonly computed?: string;
}

async function verify({ request, delivery, ...args }: VerifyArgs, { project: opened, io }: ToolMeans): Promise<object> {
  if ((request === undefined) === (delivery === undefined)) {
    throw new UsageError('NO_CAPTURE', 'Give the request as text in request, or a delivery of the log in delivery.');
  }
  const provider = args.provider === undefined ? null : findProvider(args.provider, opened);
  if (args.secret !== undefined && provider === null) {
    throw new UsageError('CONFLICT', 'secret: of which provider? Name the provider, too.');
  }
  const { project, secret } = provider
    ? chooseToolSecret(opened, provider, args.secret)
    : { project: opened, secret: undefined };
  const { url, now, computed } = args;
  const options = readOptions(verifyOptions, { url, now, computed, secret }, toolName);
  const ready = await prepareVerify(
    {
      project,
      provider,
      source: request === undefined ? delivery : Buffer.from(request),
      sayProvider: (name) => `provider: "${name}"`,
    },
    options,
    io,
  );
  io.notes.push(...ready.notes);
  return diagnosisDocument(await ready.diagnose());
}
