import { signal } from '@preact/signals';
import { type Problem, tokenHeader } from '../../protocol.js';
import { forgetToken, takeToken } from './token.js';

/** The token that each request carries; null in a tab that has none. */
export const token = signal<string | null>(takeToken());

/** An error of the server, with what to do. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string | null,
  ) {
    super(message);
  }
}

/** Whether the server rejected the token. */
export const isRefused = signal(false);

/** The headers of each request. */
export function authorize(): Record<string, string> {
  return { [tokenHeader]: token.value ?? '' };
}

/** Requests a route of the server, and returns its JSON. Throws an ApiError. */
export async function request<Answer>(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  stopped?: AbortSignal,
): Promise<Answer> {
  const headers: Record<string, string> = authorize();
  if (method !== 'GET') headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      cache: 'no-store',
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      ...(stopped ? { signal: stopped } : {}),
    });
  } catch (error) {
    if (stopped?.aborted) throw error;
    throw new ApiError('NO_SERVER', 'The server of this page does not answer.', 'Start it again: webhook-sim ui');
  }
  if (response.ok) return (await response.json()) as Answer;
  throw await readError(response);
}

/** The error in an answer; a token that the server does not accept is forgotten. */
export async function readError(response: Response): Promise<ApiError> {
  if (response.status === 401) {
    forgetToken();
    isRefused.value = true;
    token.value = null;
  }
  const answer = (await response.json().catch(() => ({}))) as { error?: Partial<Problem['error']> };
  const { code, message, hint } = answer.error ?? {};
  return new ApiError(
    code ?? `HTTP_${response.status}`,
    message ?? `The server answered ${response.status}.`,
    hint ?? null,
  );
}
