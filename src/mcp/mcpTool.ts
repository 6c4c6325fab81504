import * as z from 'zod';
import type { Project } from '../config/project.js';
import { withMode } from '../config/withMode.js';
import type { World } from '../core/world.js';
import type { HeldListener } from './heldListener.js';

/** The input and output of a tool in one call. */
export interface ToolMeans {
  /** Prints nothing; messages go to `notes`. Interrupted when the client cancels the call. */
  readonly io: World & { readonly notes: string[] };
  /** The project as it is now. */
  readonly project: Project;
  /** True when the user who started the server consents to deliveries to, and attacks on, other machines. */
  readonly allowRemote: boolean;
  /** Reports the progress of the call to the client. */
  readonly progress: (done: number, total: number, message: string) => void;
  /** The listener that lives as long as the server. */
  readonly listener: HeldListener;
}

/** A tool that an agent can call. */
export interface McpTool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  /** `look` changes and sends nothing, `send` sends deliveries. */
  readonly does: 'look' | 'send';
  /** Resolves with the answer, as JSON. Throws a UsageError. */
  readonly run: (args: z.infer<Input>, means: ToolMeans) => Promise<object>;
}

/** Returns a tool with its input type erased. */
export function mcpTool<Input extends z.ZodObject>(tool: McpTool<Input>): McpTool {
  return tool as unknown as McpTool;
}

const providerField = z.string().describe('Name or alias of a provider, such as stripe; see list_providers.');

/** A project in which providers deliver in a form; as it is where none is named. */
export function inToolMode(project: Project, mode: string | undefined): Project {
  return withMode(project, mode, 'mode');
}

/** The fields of input that several tools share. */
export const toolFields = {
  provider: providerField,
  event: z.string().describe('Name of an event as in list_providers, such as payment_intent.succeeded.'),
  variant: z.string().optional().describe('Another payload of the event, by its name.'),
  to: z
    .string()
    .optional()
    .describe(
      'Receiver: ":3000/webhooks", a URL of this machine, a target of the config, or "demo" for the built-in receiver. Default: the target of the config.',
    ),
  secret: z
    .string()
    .optional()
    .describe(
      '"env:NAME" of a variable that holds the secret, or "sample". Default: what environment and config name.',
    ),
  mode: z
    .string()
    .optional()
    .describe('Form of the deliveries that the provider lets its user choose, such as "form" of github.'),
  timeout: z.string().optional().describe('Time limit of each attempt, such as "5s". Default: that of the provider.'),
};
