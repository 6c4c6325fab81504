import { Icon, type IconName } from '../parts/Icon.js';
import { openHelp } from './HelpDialog.js';
import { formatRoute, navigate, route } from './router.js';
import { inbox, project } from './store.js';
import { connection } from './stream.js';
import { nextTheme, type Theme, theme } from './theme.js';
import { titles, views } from './views.js';

const themeIcons: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' };
const themeNames: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

/** The way to each view, what the project is, and whether the server is heard. */
export function Navigation() {
  const now = project.value;
  return (
    <header class="rail">
      <div class="brand">
        <svg class="mark" viewBox="0 0 16 16" width="24" height="24" aria-hidden="true" focusable="false">
          <rect width="16" height="16" rx="4" />
          <path d="M4 5.5v2.2a4 4 0 0 0 8 0V5.5M12 5.5l-1.8 1.8M12 5.5l1.8 1.8" />
        </svg>
        <span class="brand-name">webhook-sim</span>
      </div>
      <nav aria-label="Views">
        <ul>
          {views.map((view) => (
            <li key={view}>
              <a
                href={formatRoute({ view, params: {} })}
                aria-current={route.value.view === view ? 'page' : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  navigate(view);
                }}
              >
                <Icon name={view} size={18} />
                <span>{titles[view]}</span>
                {view === 'inbox' && inbox.value?.url ? <span class="live-dot" title="Listening" /> : null}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="rail-foot">
        {now ? (
          <p class="project" title={now.folder}>
            <span class="muted">Project</span>
            <strong>{now.project}</strong>
            <span class="muted">{now.config ?? 'no config'}</span>
          </p>
        ) : null}
        <div class="rail-tools">
          <span class={`connection ${connection.value.is}`}>
            <span class="shape" aria-hidden="true" />
            {{ live: 'Live', connecting: 'Connecting', lost: 'Offline' }[connection.value.is]}
          </span>
          <button
            type="button"
            class="button icon-only quiet"
            aria-label={`Colours: ${themeNames[theme.value]}. Change`}
            title={`Colours: ${themeNames[theme.value]}`}
            onClick={() => {
              theme.value = nextTheme(theme.value);
            }}
          >
            <Icon name={themeIcons[theme.value]} />
          </button>
          <button
            type="button"
            class="button icon-only quiet"
            aria-label="Keys and help"
            title="Keys (?)"
            onClick={openHelp}
          >
            <Icon name="question" />
          </button>
        </div>
      </div>
    </header>
  );
}
