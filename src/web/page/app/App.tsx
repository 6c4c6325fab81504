import { useEffect, useRef } from 'preact/hooks';
import { CheckView } from '../views/check/CheckView.js';
import { FlowsView } from '../views/flows/FlowsView.js';
import { InboxView } from '../views/inbox/InboxView.js';
import { RetriesView } from '../views/retries/RetriesView.js';
import { SendView } from '../views/send/SendView.js';
import { TimelineView } from '../views/timeline/TimelineView.js';
import { announcement } from './announce.js';
import { token } from './api.js';
import { ConnectionBanner } from './ConnectionBanner.js';
import { HelpDialog, openHelp } from './HelpDialog.js';
import { useShortcuts } from './keyboard.js';
import { MissingToken } from './MissingToken.js';
import { Navigation } from './Navigation.js';
import { navigate, route } from './router.js';
import { project } from './store.js';
import { titles, type ViewName, views } from './views.js';

const shown: Record<ViewName, () => preact.JSX.Element> = {
  send: SendView,
  timeline: TimelineView,
  inbox: InboxView,
  check: CheckView,
  flows: FlowsView,
  retries: RetriesView,
};

/** Puts the cursor into the field that the view searches with. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main [data-search]');
  field?.focus();
  field?.select();
}

const shortcuts = [
  { keys: '/', label: 'Search', run: focusSearch },
  ...views.map((view) => ({
    keys: `g ${view[0]}`,
    label: `Go to ${titles[view]}`,
    run: () => navigate(view),
  })),
  { keys: '?', label: 'Show these keys', run: openHelp },
];

/** The page. */
export function App() {
  useShortcuts(shortcuts);
  const { view } = route.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const name = project.value?.project;
  useEffect(() => {
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [view]);
  useEffect(() => {
    document.title = `${titles[view]}${name ? ` · ${name}` : ''} · webhook-sim`;
  }, [view, name]);

  if (token.value === null) return <MissingToken />;
  const View = shown[view];
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Navigation />
      <main id="main" tabIndex={-1} ref={main} aria-label={titles[view]}>
        <ConnectionBanner />
        <View />
      </main>
      <HelpDialog />
      <div class="visually-hidden" aria-live="polite" role="status">
        {announcement.value}
      </div>
    </div>
  );
}
