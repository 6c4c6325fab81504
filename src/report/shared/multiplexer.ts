import type { SecretMask } from '../../core/secretMask.js';
import { EventMask } from './eventMask.js';
import type { ReportEvent, Reporter } from './reporter.js';

/** Several reporters as one. What they are reported holds no secret. */
export class Multiplexer implements Reporter {
  readonly mask: EventMask;

  constructor(
    private readonly reporters: readonly Reporter[],
    secrets: SecretMask,
  ) {
    this.mask = new EventMask(secrets);
  }

  event(event: ReportEvent): void {
    const isSilent = this.reporters.every((reporter) => reporter.isSilentOn?.(event));
    if (isSilent) this.mask.learn(event);
    const masked = isSilent ? event : this.mask.event(event);
    for (const reporter of this.reporters) reporter.event(masked);
  }
}
