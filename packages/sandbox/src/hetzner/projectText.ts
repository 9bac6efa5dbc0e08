import type { z } from 'zod';
import type { StoredAction } from './actions/action';
import type { projectFile } from './project';
import type { Server } from './resources/servers/server';

type Content = z.infer<typeof projectFile>;

/** Actions that have ended do not change any more, and are most of a project. */
const endedActions = new WeakMap<StoredAction, string>();

function actionText(action: StoredAction): string {
  const known = endedActions.get(action);
  if (known !== undefined) return known;
  const text = JSON.stringify(action);
  if (action.finished !== null) endedActions.set(action, text);
  return text;
}

/** The user data of a server rarely changes, and is most of it. */
const userDataTexts = new WeakMap<Server, { userData: string; text: string }>();

function userDataText(server: Server): string {
  const known = userDataTexts.get(server);
  if (known && known.userData === server.userData) return known.text;
  const text = JSON.stringify(server.userData);
  userDataTexts.set(server, { userData: server.userData, text });
  return text;
}

function serverText(server: Server): string {
  const { userData, ...rest } = server;
  return `{"userData":${userDataText(server)},${JSON.stringify(rest).slice(1)}`;
}

function* listText<Item>(
  items: Item[],
  textOf: (item: Item) => string,
): Generator<string> {
  let separator = '[\n';
  for (const item of items) {
    yield `${separator}${textOf(item)}`;
    separator = ',\n';
  }
  yield items.length === 0 ? '[]' : '\n]';
}

/** A project's file: JSON with a line for each object, piece by piece. */
export function* projectText({
  actions,
  servers,
  ...content
}: Content): Generator<string> {
  yield '{\n"actions": ';
  yield* listText(actions, actionText);
  yield ',\n"servers": ';
  yield* listText(servers, serverText);
  for (const [key, value] of Object.entries(content)) {
    yield `,\n${JSON.stringify(key)}: `;
    if (Array.isArray(value)) {
      yield* listText<unknown>(value, item => JSON.stringify(item));
    } else yield JSON.stringify(value);
  }
  yield '\n}\n';
}
