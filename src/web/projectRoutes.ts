import { basename } from 'node:path';
import type { Project } from '../config/project.js';
import { targetConfig, targetSetting } from '../config/settings.js';
import { targetNames } from '../config/target.js';
import { readUrl } from '../core/readUrl.js';
import { maskAddress } from '../core/secretParameters.js';
import { isLoopback } from '../core/target.js';
import { version } from '../core/version.js';
import { shownAddress } from '../session/target/target.js';
import { assertRules } from './inboxServer.js';
import type { InboxRules, ProjectState, TargetRow } from './protocol.js';
import { readFields } from './readFields.js';
import type { PageServices, RouteTable } from './services.js';
import { listSuites } from './suiteCase.js';

/** The project, the jobs that run, and the inbox. */
export const projectRoutes: RouteTable = {
  'GET /api/state': (_, services) => describeState(services),
  'GET /api/jobs': (_, { jobs }) => ({ jobs: jobs.list() }),
  'GET /api/jobs/:id': ({ params }, { jobs }) => jobs.get(params.id!),
  'POST /api/jobs/:id/stop': ({ params }, { jobs }) => jobs.stop(params.id!),
  'GET /api/inbox': (_, { inbox }) => inbox.all,
  'POST /api/inbox/start': ({ body }, { inbox }) => {
    const rules = readFields(body, {
      provider: 'text',
      secret: 'object',
      port: 'number',
      status: 'number',
      script: 'text',
      delay: 'text',
      reject: 'truth',
      forward: 'text',
    } as const);
    return inbox.start(assertRules(rules as unknown as InboxRules));
  },
  'POST /api/inbox/stop': (_, { inbox }) => inbox.stop(),
};

async function describeState({ project: open, timeline, inbox, boot, keepsLog }: PageServices): Promise<ProjectState> {
  const project = await open();
  const { file, folder, broken } = project;
  const setting = targetSetting(project, {}).value;
  return {
    version,
    boot,
    project: basename(folder),
    folder,
    config: file,
    targets: targetNames(project).map((name) => describeTarget(name, project)),
    defaultTarget: setting && maskAddress(setting),
    broken: broken.map(({ name, error }) => ({ name, problem: error.message })),
    logProblem: keepsLog ? timeline.problem : 'Nothing is kept: the log is off in the config, or this runs under CI.',
    suites: listSuites(project),
    inbox: inbox.state,
  };
}

function describeTarget(name: string, { config }: Project): TargetRow {
  const target = targetConfig(config, name);
  if (target === undefined) return { name, address: null, isRemote: false, mayBeAttacked: true };
  const { url: address, allowRemote = false } = target;
  const url = readUrl(address) ?? readUrl(`http://${address.replace(/^:/, 'localhost:')}`);
  const isRemote = url !== null && !isLoopback(url.hostname);
  const shown = shownAddress(address, url?.href ?? address);
  return { name, address: shown, isRemote, mayBeAttacked: allowRemote || !isRemote };
}
