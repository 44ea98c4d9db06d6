/** The shell: header, notices, and the room that the address names. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import type { Values } from '../link/field.ts';
import { type Change, useHash } from '../link/history.ts';
import { formatLink, parseAddress, parseQuery } from '../link/link.ts';
import type { Room } from '../room.ts';
import { reloadInNewest } from './build.ts';
import { Header } from './header.tsx';
import { Notice } from './notice.tsx';
import { keepOffline } from './offline.ts';
import { firstRoom, rooms } from './rooms.ts';
import { useTheme } from './theme.ts';

type Loading = { readonly name: string } & ({ readonly room: Room } | { readonly failed: string } | object);

export function App() {
  const [hash, changeHash] = useHash();
  const [theme, toggleTheme] = useTheme();
  const { room: asked, query } = parseAddress(hash);
  const isKnown = Object.hasOwn(rooms, asked);
  const name = isKnown ? asked : firstRoom;
  const [loading, retry] = useRoom(name);

  // Where each room was left, so that its tab leads back there.
  const left = useRef<Record<string, string>>({});
  if (isKnown) left.current[name] = hash;
  useEffect(() => {
    document.title = `${rooms[name]?.title}: ${rooms[name]?.about} · mixup playground`;
  }, [name]);

  const [isOld, setOld] = useState(false);
  useEffect(() => {
    if (import.meta.env.PROD) keepOffline(() => setOld(true));
  }, []);

  const unknown = asked !== '' && !isKnown;
  return (
    <>
      <Header room={name} links={left.current} theme={theme} toggleTheme={toggleTheme} />
      <main id="main" tabIndex={-1}>
        {isOld && (
          <Notice>
            There is a new version of this page. Your settings are in the link, and stay.{' '}
            <Button onPress={() => void reloadInNewest()}>Reload</Button>
          </Notice>
        )}
        {unknown && (
          <Notice key={asked}>
            There is no room {JSON.stringify(asked.slice(0, 40))}: this is {rooms[name]?.title}.
          </Notice>
        )}
        {'failed' in loading ? (
          <Notice>
            {rooms[name]?.title} could not be loaded ({loading.failed}). <Button onPress={retry}>Try again</Button>
          </Notice>
        ) : 'room' in loading && loading.name === name ? (
          <OpenRoom
            key={name}
            name={name}
            room={loading.room}
            query={unknown ? '' : query}
            theme={theme}
            changeHash={changeHash}
          />
        ) : (
          <p class="loading">Opening {rooms[name]?.title} …</p>
        )}
      </main>
    </>
  );
}

function useRoom(name: string): readonly [Loading, () => void] {
  const [loading, setLoading] = useState<Loading>({ name });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    rooms[name]?.load().then(
      ({ room }) => current && setLoading({ name, room }),
      (error: unknown) => current && setLoading({ name, failed: error instanceof Error ? error.message : `${error}` }),
    );
    return () => {
      current = false;
    };
  }, [name, attempt]);
  return [loading.name === name ? loading : { name }, () => setAttempt((n) => n + 1)];
}

interface OpenRoomProps {
  readonly name: string;
  readonly room: Room;
  readonly query: string;
  readonly theme: ReturnType<typeof useTheme>[0];
  readonly changeHash: (hash: string, how: Change) => void;
}

function OpenRoom({ name, room, query, theme, changeHash }: OpenRoomProps) {
  const { fields, View } = room;
  const { values, problems } = parseQuery(fields, query);
  // Two changes may come before the page is drawn again: each builds on the one before.
  const newest = useRef(values);
  newest.current = values;
  const change = useCallback(
    (patch: Partial<Values<typeof fields>>, how: Change) => {
      newest.current = { ...newest.current, ...patch };
      changeHash(formatLink(name, fields, newest.current), how);
    },
    [name, fields, changeHash],
  );
  return (
    <>
      {problems.length > 0 && (
        <Notice key={query}>
          This link is not quite right: {problems[0]}
          {problems.length > 1 && ` (and ${problems.length - 1} more)`}.
        </Notice>
      )}
      <View values={values} change={change} theme={theme} />
    </>
  );
}
