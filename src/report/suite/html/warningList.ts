import { type Markup, markup } from './markup.js';

const most = 100;

/** Returns what was odd on the wire and is on no delivery that is shown; null where nothing was. */
export function warningList(warnings: readonly string[]): Markup | null {
  if (warnings.length === 0) return null;
  const left = warnings.length - most;
  return markup`<section class="panel warnings"><h2>Warnings</h2>
<ul>${warnings.slice(0, most).map((text) => markup`<li>${text}</li>`)}</ul>
${left > 0 ? markup`<p class="note">and ${left} more</p>` : null}</section>
`;
}
