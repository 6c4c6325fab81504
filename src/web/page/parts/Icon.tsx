/** The lines of each picture. */
export const iconPaths = {
  send: 'M14 2 7 9M14 2l-4.4 12L7 9 2 6.4z',
  timeline: 'M2 4h12M2 8h12M2 12h8',
  inbox: 'M2 9.5h3.2l1 2h3.6l1-2H14M2 9.5 4 3h8l2 6.5V13H2z',
  check: 'M8 1.8 13.2 4v4c0 3.2-2.2 5.2-5.2 6.2C5 13.2 2.8 11.2 2.8 8V4zM5.6 8l1.8 1.8L10.6 6.4',
  flows: 'M3.5 3.5h3v3h-3zM9.5 9.5h3v3h-3zM6.5 5h3a1.5 1.5 0 0 1 1.5 1.5v3',
  retries: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v2.8h-2.8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  copy: 'M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3z',
  done: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  alert: 'M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.2',
  question: 'M6 6a2 2 0 1 1 2.8 1.8c-.5.25-.8.6-.8 1.2v.3M8 11.5v.2M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z',
  clock: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 1.5',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4 6 8l4 4',
  up: 'M4 10l4-4 4 4',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5 5 13h6l.5-8.5',
  play: 'M5 3.5v9l7-4.5z',
  stop: 'M4 4h8v8H4z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  grip: 'M6 4v.1M6 8v.1M6 12v.1M10 4v.1M10 8v.1M10 12v.1',
  out: 'M3 13 13 3M6 3h7v7',
  into: 'M13 3 3 13M10 13H3V6',
  key: 'M10.5 9a3.5 3.5 0 1 0-3.3-2.3L2 12v2h2l.5-1.5L6 12l.5-1.5 1.8-1.8c.6.2 1.4.3 2.2.3zM11.5 5v.1',
  bars: 'M2 4h12M2 8h12M2 12h12',
} as const;

/** The name of a picture. */
export type IconName = keyof typeof iconPaths;

/** A small icon next to words; hidden from screen readers. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
