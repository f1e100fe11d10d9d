import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { TASK_LIST, TASK_TYPES, type Task, type TaskType } from './lists/task-list.ts';
import { isGranted } from './scope.ts';
import { TASK_SOURCES, type TasksPortal } from './tasks.ts';

/** How many tasks there are, and how many of them are overdue. */
export type TaskCount = { count: number; overdue: number };
export type TaskCounts = TaskCount & { byType: (TaskCount & { type: TaskType })[] };

/** What waits for the caller's organization, as far as the caller's roles may read it. @throws PortalError BAD_REQUEST */
export async function listTasks(portal: TasksPortal, caller: Caller, query: ListQuery, now: Date): Promise<Page<Task>> {
  const page = compileList(TASK_LIST, query);
  return page(await tasksOf(portal, caller, now));
}

/** How much waits for the caller's organization, by kind: kinds of which nothing waits are left out. */
export async function countTasks(portal: TasksPortal, caller: Caller, now: Date): Promise<TaskCounts> {
  const tasks = await tasksOf(portal, caller, now);
  const byType = TASK_TYPES.map((type) => ({ type, ...countOf(tasks.filter((task) => task.type === type)) }));
  return { ...countOf(tasks), byType: byType.filter(({ count }) => count > 0) };
}

async function tasksOf(portal: TasksPortal, caller: Caller, now: Date): Promise<Task[]> {
  const sources = TASK_SOURCES[caller.organizationType].filter(({ action }) => isGranted(caller, action));
  return (await Promise.all(sources.map(({ of }) => of(portal, caller, now)))).flat();
}

const countOf = (tasks: readonly Task[]): TaskCount => ({
  count: tasks.length,
  overdue: tasks.filter(({ overdue }) => overdue).length,
});
