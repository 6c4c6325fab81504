import { stringify } from 'yaml';

/** A value as YAML that people read: no line is broken, and nothing is said by an alias. */
export function writeYaml(value: object): string {
  return stringify(value, { lineWidth: 0, flowCollectionPadding: true, aliasDuplicateObjects: false });
}
