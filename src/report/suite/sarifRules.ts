import { printable } from '../../core/printable.js';

/** A kind of finding, in our words or those of a check. */
export interface SarifRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** How much a finding weighs: GitHub calls more than 9 critical, from 7 high, from 4 medium; null where security is not touched. */
export type Severity = number | null;

interface Weighed {
  readonly rule: SarifRule;
  readonly severity: Severity;
}

/** The rules that have findings, each once, with the heaviest weight that any of its findings has. */
export class SarifRules {
  private readonly rules = new Map<string, Weighed>();

  /** Takes the rule of a finding; its place in the list. */
  add({ rule, severity }: Weighed): number {
    const known = this.rules.get(rule.id);
    this.rules.set(rule.id, { rule: known?.rule ?? rule, severity: heavier(known?.severity ?? null, severity) });
    return [...this.rules.keys()].indexOf(rule.id);
  }

  list(): object[] {
    return [...this.rules.values()].map(described);
  }
}

function heavier(a: Severity, b: Severity): Severity {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function described({ rule: { id, title, why, fix }, severity }: Weighed): object {
  const isSecurity = severity !== null;
  return {
    id,
    shortDescription: { text: printable(title) },
    fullDescription: { text: printable(why) },
    help: { text: `${printable(why)}\n\nFix: ${printable(fix)}` },
    properties: {
      tags: isSecurity ? ['security', 'webhooks'] : ['webhooks'],
      ...(isSecurity && { 'security-severity': severity.toFixed(1) }),
    },
  };
}
