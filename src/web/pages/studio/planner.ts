import { useEffect, useState } from 'preact/hooks';
import { loadTables } from './tables.ts';

export type Planner = typeof import('./planning.ts');

let planner: Planner | null = null;
let loading: Promise<Planner> | null = null;

/** Loads the planning of words once: first its tables, because its modules read them when they are evaluated. */
export async function loadPlanner(): Promise<Planner> {
  loading ??= (async () => {
    await loadTables('tables');
    planner = await import('./planning.ts');
    return planner;
  })();
  try {
    return await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
}

/** null while it is loaded. */
export function usePlanner(): Planner | null {
  const [, set] = useState(planner);
  useEffect(() => {
    void loadPlanner().then((loaded) => set(loaded));
  }, []);
  return planner;
}
