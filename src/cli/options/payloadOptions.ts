import { Option } from 'commander';
import { collect } from './collect.js';

/** The options that say what a delivery holds, each for the commands that take it. */
export const payloadOption = {
  variant: () => new Option('--variant <name>', 'another form of the payload'),
  set: () =>
    new Option(
      '--set <path=value>',
      'change a field, keeping its type; path:=json sets any JSON (repeatable)',
    ).argParser(collect),
  unset: () => new Option('--unset <path>', 'remove a field (repeatable)').argParser(collect),
  data: () => new Option('--data <file>', 'send this JSON file as it is; - reads standard input'),
  raw: () => new Option('--raw <file>', 'send these bytes as they are; - reads standard input'),
  header: () =>
    new Option(
      '-H, --header <header>',
      "add or replace a header 'Name: value'; 'Name:' leaves it out (repeatable)",
    ).argParser(collect),
  bodyStyle: () =>
    new Option(
      '--body-style <style>',
      'write the JSON as another encoder does: js, pretty, ascii, python, go, ruby, rails, php',
    ),
  fresh: () => new Option('--fresh <what>', 'what is new in each delivery: ids (the default) or all'),
  exact: () => new Option('--exact', 'send the sample as it is, nothing renewed'),
  seed: () => new Option('--seed <number>', 'make the fresh ids repeatable'),
  now: () => new Option('--now <time>', 'the time that deliveries tell, as ISO 8601 or Unix seconds'),
  secret: () =>
    new Option('--secret <secret>', 'a value, env:NAME, file:PATH or - (repeatable, the first is current)').argParser(
      collect,
    ),
};
