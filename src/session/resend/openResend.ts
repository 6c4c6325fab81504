import type { Project } from '../../config/project.js';
import type { World } from '../../core/world.js';
import { openLog } from '../../history/openLog.js';
import { withOptions } from '../../options/readOptions.js';
import type { ResendValues } from '../../options/resend.js';
import { withRoute } from '../project/projectRoute.js';
import { chooseKept } from './chooseKept.js';
import { prepareResend, type ReadyResend } from './prepareResend.js';
import { resendTarget } from './resendTarget.js';

/** Which kept deliveries are sent again. */
export interface ResendNames {
  readonly project: Project;
  /** Keys or ids, or how they begin; none means the last one. */
  readonly names: readonly string[];
}

/** A resend that is ready, and the options that it goes by: those of the way that its deliveries went among them. */
export interface OpenResend {
  readonly ready: ReadyResend;
  readonly options: ResendValues;
}

/** Finds kept deliveries and makes them ready to be sent again. Throws a UsageError for the first thing that is wrong. */
export async function openResend({ project, names }: ResendNames, given: ResendValues, io: World): Promise<OpenResend> {
  const deliveries = chooseKept(openLog(project, io), names, given);
  const to = resendTarget(project, given, deliveries);
  const way = { ...to.way, nameOf: given.nameOf };
  const options = withRoute(withOptions<ResendValues>(way, given), project, to.target);
  return { ready: await prepareResend({ project, deliveries, to }, options, io), options };
}
