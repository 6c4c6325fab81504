import type { PreparedCase } from './cases/prepareCase.js';

/** After so many cases the receiver is asked whether it still accepts what is genuine. */
const blockSize = 10;

/** The cases in the order in which they are sent: those of a step go beside each other. */
export function stepsOf(cases: readonly PreparedCase[]): PreparedCase[][] {
  const steps: PreparedCase[][] = [];
  let open: PreparedCase[] | null = null;
  for (const each of cases) {
    if (each.case.alone) {
      steps.push([each]);
      open = null;
    } else if (open && open.length < blockSize && open[0]!.case.class === each.case.class) {
      open.push(each);
    } else {
      open = [each];
      steps.push(open);
    }
  }
  return steps;
}
