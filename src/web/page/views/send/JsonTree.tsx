import { useMemo, useState } from 'preact/hooks';
import type { SampleField } from '../../../protocol.js';
import { announce } from '../../app/announce.js';
import { describeHint, type Hints, suggestedValues } from '../../parts/hints.js';
import { Icon } from '../../parts/Icon.js';
import { addJsonItem, moveJsonItem, removeJsonItem, renameJsonMember, setJsonValue } from '../../parts/jsonEdits.js';
import type { JsonNode } from '../../parts/jsonText.js';
import { HintLine } from './HintLine.js';
import { type DescriptionAttributes, SuggestingInput, useFieldDescription } from './SuggestingInput.js';

/** Values from which on only the first two levels are open at first. */
const many = 150;

interface TreeContext {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly fields: ReadonlyMap<string, SampleField['is']>;
  readonly hints: Hints;
  readonly active: string;
  readonly setActive: (path: string) => void;
  readonly isOpen: (path: string, depth: number) => boolean;
  readonly toggle: (path: string, isOpen: boolean) => void;
}

/** A JSON text as a tree whose names, values and order can be edited. */
export function JsonTree({
  text,
  root,
  fields,
  hints,
  onText,
}: {
  text: string;
  root: JsonNode;
  fields: readonly SampleField[];
  hints: Hints;
  onText: (text: string) => void;
}) {
  const [active, setActive] = useState('');
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});
  const depthOpen = useMemo(() => (countValues(root) > many ? 2 : 99), [root]);
  const marks = useMemo(() => new Map(fields.map(({ path, is }) => [path, is])), [fields]);
  const context: TreeContext = {
    text,
    onText,
    fields: marks,
    hints,
    active,
    setActive,
    isOpen: (path, depth) => toggled[path] ?? depth < depthOpen,
    toggle: (path, isOpen) => setToggled((before) => ({ ...before, [path]: isOpen })),
  };
  return (
    <div class="json-tree">
      {root.kind === 'object' || root.kind === 'array' ? (
        <Children node={root} path="" depth={0} context={context} />
      ) : (
        <Value node={root} path="" label="value" context={context} />
      )}
      {hints.at(active)?.field ? <HintLine path={active} hint={hints.at(active)} /> : null}
    </div>
  );
}

function countValues(node: JsonNode): number {
  if (node.kind === 'object') return node.members.reduce((sum, { value }) => sum + countValues(value), 1);
  return node.kind === 'array' ? node.items.reduce((sum, item) => sum + countValues(item), 1) : 1;
}

function Children({
  node,
  path,
  depth,
  context,
}: {
  node: Extract<JsonNode, { kind: 'object' | 'array' }>;
  path: string;
  depth: number;
  context: TreeContext;
}) {
  const entries =
    node.kind === 'object'
      ? node.members.map(({ name, value }) => ({ name: name as string | null, value }))
      : node.items.map((value) => ({ name: null, value }));
  return (
    <ul>
      {entries.map(({ name, value }, index) => (
        <Row
          key={index}
          container={node}
          index={index}
          last={entries.length - 1}
          name={name}
          node={value}
          path={name === null ? `${path}[${index}]` : path === '' ? name : `${path}.${name}`}
          depth={depth}
          context={context}
        />
      ))}
      <li class="tree-add">
        <button
          type="button"
          class="button quiet small"
          aria-label={`Add a ${node.kind === 'object' ? 'field' : 'item'} to ${path === '' ? 'the payload' : path}`}
          onClick={() => context.onText(addJsonItem(context.text, node))}
        >
          <Icon name="plus" size={12} /> {node.kind === 'object' ? 'field' : 'item'}
        </button>
      </li>
    </ul>
  );
}

function Row({
  container,
  index,
  last,
  name,
  node,
  path,
  depth,
  context,
}: {
  container: JsonNode;
  index: number;
  last: number;
  name: string | null;
  node: JsonNode;
  path: string;
  depth: number;
  context: TreeContext;
}) {
  const { text, onText, active, setActive } = context;
  const isContainer = node.kind === 'object' || node.kind === 'array';
  const isOpen = isContainer && context.isOpen(path, depth);
  const about = useFieldDescription(context.hints.at(path));
  const move = (by: -1 | 1) => {
    if (index + by < 0 || index + by > last) return;
    onText(moveJsonItem(text, container, index, by));
    announce(`${name ?? `Item ${index}`} moved ${by < 0 ? 'up' : 'down'}.`);
  };
  const hear = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
  const size = node.kind === 'object' ? node.members.length : node.kind === 'array' ? node.items.length : 0;
  return (
    <li class="tree-row" onKeyDown={hear}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: likewise. */}
      <div
        class={`tree-line ${active === path ? 'active' : ''}`}
        onFocusIn={() => setActive(path)}
        onMouseEnter={() => setActive(path)}
      >
        {isContainer ? (
          <button
            type="button"
            class="tree-toggle"
            aria-expanded={isOpen}
            aria-label={path}
            {...about.attributes}
            onClick={() => context.toggle(path, !isOpen)}
          >
            <Icon name={isOpen ? 'down' : 'right'} size={12} />
          </button>
        ) : (
          <span class="tree-toggle" />
        )}
        {name === null ? (
          <span class="tree-name index">{index}</span>
        ) : (
          <SuggestingInput
            class="tree-name"
            suggestions={active === path ? context.hints.namesAt(parentOf(path, name)) : []}
            value={name}
            label={`Name of ${path}`}
            about={about.attributes}
            onValue={(value) => onText(renameJsonMember(text, container, index, value))}
          />
        )}
        <span class="tree-colon" aria-hidden="true">
          :
        </span>
        {isContainer ? (
          <span class="muted tree-size">{node.kind === 'object' ? `{ ${size} }` : `[ ${size} ]`}</span>
        ) : (
          <Value node={node} path={path} label={path} context={context} about={about.attributes} />
        )}
        {about.text}
        {active === path ? (
          <span class="tree-tools">
            <button type="button" aria-label={`Move ${path} up`} disabled={index === 0} onClick={() => move(-1)}>
              <Icon name="up" size={12} />
            </button>
            <button type="button" aria-label={`Move ${path} down`} disabled={index === last} onClick={() => move(1)}>
              <Icon name="down" size={12} />
            </button>
            <button
              type="button"
              aria-label={`Remove ${path}`}
              onClick={() => {
                onText(removeJsonItem(text, container, index));
                announce(`${path} removed.`);
              }}
            >
              <Icon name="trash" size={12} />
            </button>
          </span>
        ) : null}
      </div>
      {isOpen ? <Children node={node} path={path} depth={depth + 1} context={context} /> : null}
    </li>
  );
}

function parentOf(path: string, name: string): string {
  return path.slice(0, Math.max(0, path.length - name.length - 1));
}

const marks: Record<SampleField['is'], string> = { id: 'new each time', time: 'now', signed: 'set when signed' };

function Value({
  node,
  path,
  label,
  context,
  about,
}: {
  node: JsonNode;
  path: string;
  label: string;
  context: TreeContext;
  about?: DescriptionAttributes;
}) {
  if (node.kind === 'object' || node.kind === 'array') return null;
  const mark = context.fields.get(path);
  const hint = context.hints.at(path);
  const isActive = context.active === path;
  return (
    <>
      <SuggestingInput
        class={`tree-value ${node.kind}`}
        suggestions={hint && isActive ? suggestedValues(hint) : []}
        value={node.value}
        label={label}
        about={about}
        onValue={(value) => context.onText(setJsonValue(context.text, node, value))}
      />
      {mark ? <span class="source">{marks[mark]}</span> : null}
      {hint && isActive && !hint.field ? <span class="muted tree-hint">{describeHint(hint)}</span> : null}
    </>
  );
}
