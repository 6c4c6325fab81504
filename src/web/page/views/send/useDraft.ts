import { useEffect, useState } from 'preact/hooks';
import type { Preview, Sample, SendRequestBody } from '../../../protocol.js';
import { request } from '../../app/api.js';
import { type Answered, generation } from '../../app/useAnswer.js';

const keyOf = (sample: Sample) => `webhook-sim.draft ${sample.provider} ${sample.event} ${sample.variant ?? ''}`;

/** The text of a payload as it was edited in this tab, also before a reload; that of the sample where it was not. */
export function useDraft(sample: Sample | null): [string, (text: string) => void] {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  if (!sample) return ['', () => {}];
  const key = keyOf(sample);
  const text = drafts[key] ?? sessionStorage.getItem(key) ?? sample.text;
  const setText = (next: string) => {
    setDrafts((before) => ({ ...before, [key]: next }));
    if (next === sample.text) sessionStorage.removeItem(key);
    else if (next.length < 500_000) sessionStorage.setItem(key, next);
  };
  return [text, setText];
}

/** Requests a preview of the delivery, a moment after the last change. */
export function usePreview(body: SendRequestBody | null): Answered<Preview> {
  const [state, setState] = useState<Answered<Preview>>({ value: null, error: null, isLoading: true });
  const text = body === null ? null : JSON.stringify(body);
  const now = generation.value;
  useEffect(() => {
    if (text === null) return setState({ value: null, error: null, isLoading: false });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      request<Preview>('POST', '/api/preview', JSON.parse(text), stop.signal).then(
        (value) => setState({ value, error: null, isLoading: false }),
        (error) => {
          if (!stop.signal.aborted) setState({ value: null, error, isLoading: false });
        },
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, now]);
  return state;
}
