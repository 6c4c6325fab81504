/** The views, in the order of the navigation. */
export const views = ['send', 'timeline', 'inbox', 'check', 'flows', 'retries'] as const;

/** The name of a view. */
export type ViewName = (typeof views)[number];

/** The views by the names that people read. */
export const titles: Readonly<Record<ViewName, string>> = {
  send: 'Send',
  timeline: 'Timeline',
  inbox: 'Inbox',
  check: 'Check',
  flows: 'Flows',
  retries: 'Retries',
};
