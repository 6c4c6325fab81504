import type { ResultEnded } from '../../../core/suite.js';
import { type Markup, markup } from './markup.js';

const most = 20;
const mostOfMessage = 300;

/** The cases that failed, each with its first reason and a way to its row. */
export class FailedList {
  private readonly items: Markup[] = [];
  private count = 0;

  add({ name, failures, status }: ResultEnded, anchor: string): void {
    if (status !== 'failed') return;
    this.count++;
    if (this.items.length === most) return;
    const message = failures[0]?.message ?? '';
    const short = message.length > mostOfMessage ? `${message.slice(0, mostOfMessage)}…` : message;
    this.items.push(markup`<li><a href="#${anchor}">${name}</a> <span class="quiet">${short}</span></li>`);
  }

  render(): Markup | null {
    if (this.count === 0) return null;
    const left = this.count - this.items.length;
    return markup`<section class="panel failed"><h2>What failed</h2>
<ul>${this.items}</ul>
${left > 0 ? markup`<p class="note">and ${left} more, in the table below</p>` : null}</section>
`;
  }
}
