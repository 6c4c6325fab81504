import { SelectField } from './Field.js';
import { formatMs } from './format.js';

const speeds = ['instant', '86400x', '3600x', '600x', '60x', '1x'];

/** The field for the speed of a provider's clock. */
export function SpeedField({
  value,
  onChange,
  lengthMs,
}: {
  value: string;
  onChange: (value: string) => void;
  /** The total duration on the provider's clock, in milliseconds. */
  lengthMs: number;
}) {
  const options = speeds.map((speed) => ({
    value: speed,
    text: speed === 'instant' ? 'without waits' : `${speed} · ${formatMs(lengthMs / Number.parseInt(speed, 10))}`,
  }));
  return (
    <SelectField
      label="Speed"
      value={value}
      onChange={onChange}
      options={options}
      hint={`On the provider's clock it takes ${formatMs(lengthMs)}`}
    />
  );
}
