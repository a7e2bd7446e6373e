import { EndOtherSessions } from '../application/sessions/end-other-sessions.js';
import { EndSession } from '../application/sessions/end-session.js';
import { FindSession } from '../application/sessions/find-session.js';
import { ListSessions } from '../application/sessions/list-sessions.js';
import { SignOut } from '../application/sessions/sign-out.js';
import { StartSession } from '../application/sessions/start-session.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideSessions(provide: Provide, { config: { sessionLifetimes } }: Given): void {
  provide(FindSession, (get) => new FindSession(get(ports.sessions), get(ports.users), sessionLifetimes, get(ports.clock)));
  provide(SignOut, (get) => new SignOut(get(ports.sessions)));
  provide(StartSession, (get) => new StartSession(get(ports.sessions), get(SignOut), sessionLifetimes, get(ports.clock)));
  provide(ListSessions, (get) => new ListSessions(get(ports.users), get(ports.sessions), sessionLifetimes, get(ports.clock)));
  provide(EndSession, (get) => new EndSession(get(ports.users), get(ports.sessions)));
  provide(EndOtherSessions, (get) => new EndOtherSessions(get(ports.sessions)));
}
