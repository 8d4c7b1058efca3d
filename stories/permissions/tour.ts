import { expectNoRefusal } from './expect-no-refusal.ts';
import { type ChapterGround, groundOf } from './chapter.ts';
import { TOUR_CHAPTERS } from './chapters/index.ts';
import { evenMood } from './host-mood.ts';

/**
 * Lets the engine do once each thing that it does every day, so that what it may do beside can be told.
 * @throws Deviation, or any other error, when something goes otherwise
 */
export async function tour(stage: Pick<ChapterGround, 'rehearsal' | 'narrator' | 'nextAssembly'>): Promise<void> {
  const ground = groundOf(stage, evenMood());
  for (const { title, tell } of TOUR_CHAPTERS) {
    stage.narrator.chapter(title);
    await tell(ground);
    expectNoRefusal(stage.rehearsal);
  }
}
