import { Option } from 'commander';

/** Which config a command goes by; of every command that reads one. */
export function configOption(): Option {
  return new Option('--config <file>', 'project config; default: the nearest webhook-sim.config.* from here up');
}

/** What undoes a choice of the config's report; not in the help, for it says nothing to one who has no config. */
export function reportNegations(): Option[] {
  return ['json', 'quiet', 'verbose'].map((name) => new Option(`--no-${name}`).hideHelp());
}
