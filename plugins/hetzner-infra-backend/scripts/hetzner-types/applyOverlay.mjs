import { existsSync } from 'node:fs';

export function applyOverlay(description, file) {
  if (!existsSync(file)) {
    return description;
  }
  throw new Error('later');
}
