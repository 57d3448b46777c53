/** The words of `drydock layers`. */
export interface LayerTexts {
  readonly heading: (d: { readonly name: string; readonly layers: number; readonly size: string }) => string;
  /** What a row without a layer is. */
  readonly settings: string;
  readonly standIn: (d: { readonly files: number }) => string;
  /** A layer with folders, links to them, or nothing at all in it. */
  readonly noFiles: string;
  readonly files: (d: { readonly added: number; readonly changed: number }) => string;
  readonly largest: (d: { readonly files: readonly string[] }) => string;
  readonly hides: (d: { readonly files: readonly string[]; readonly more: number; readonly size: string }) => string;
  readonly shared: (d: { readonly images: readonly string[]; readonly more: number }) => string;
  readonly writable: string;
  readonly sharedInAll: (d: { readonly size: string }) => string;
  readonly hiddenInAll: (d: { readonly size: string }) => string;
  readonly noneShared: string;
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
const list = (items: readonly string[]) => items.join(', ');

export const layerTextsEn: LayerTexts = {
  heading: ({ name, layers, size }) => `${name}: ${plural(layers, 'layer')}, ${size}. The top one was made last.`,
  settings: 'Rows of 0B only changed settings: no layer.',
  noFiles: 'no files of its own',
  standIn: ({ files }) =>
    `${plural(files, 'file')} here ${files === 1 ? 'stands' : 'stand'} in for the many of the real layer`,
  files: ({ added, changed }) =>
    changed === 0 ? plural(added, 'new file') : `${plural(added, 'new file')}, ${changed} replaced`,
  largest: ({ files }) => `largest: ${list(files)}`,
  hides: ({ files, more, size }) =>
    `hides ${list(files)}${more > 0 ? ` and ${more} more` : ''}: ${size} stay in the layers below`,
  shared: ({ images, more }) => `on the disk once, also for ${list(images)}${more > 0 ? ` and ${more} more` : ''}`,
  writable: 'each container gets a writable layer of its own on top of these; they never change',
  sharedInAll: ({ size }) => `${size} are in layers that other images share: they are stored and pulled once.`,
  hiddenInAll: ({ size }) =>
    `${size} are hidden by upper layers, but still stored and pulled: delete in the instruction that made them.`,
  noneShared: 'No other image here shares a layer with it.',
};

export const layerTextsKo: LayerTexts = {
  heading: ({ name, layers, size }) => `${name}: 레이어 ${layers}개, ${size}. 맨 위가 가장 나중에 만든 레이어예요.`,
  settings: '0B인 줄은 설정만 바꿨어요. 레이어가 없어요.',
  noFiles: '새 파일 없음',
  standIn: ({ files }) => `실제 레이어의 많은 파일 대신 파일 ${files}개를 넣어 두었어요`,
  files: ({ added, changed }) => (changed === 0 ? `새 파일 ${added}개` : `새 파일 ${added}개, 바뀐 파일 ${changed}개`),
  largest: ({ files }) => `가장 큰 파일: ${list(files)}`,
  hides: ({ files, more, size }) =>
    `가린 파일: ${list(files)}${more > 0 ? ` 외 ${more}개` : ''}. 아래 레이어에는 ${size} 그대로 남아 있어요`,
  shared: ({ images, more }) => `디스크에는 하나만 있고 함께 써요: ${list(images)}${more > 0 ? ` 외 ${more}개` : ''}`,
  writable: '컨테이너마다 이 위에 쓰기 레이어를 하나씩 얹어요. 아래 레이어는 바뀌지 않아요',
  sharedInAll: ({ size }) => `다른 이미지와 함께 쓰는 레이어가 ${size}예요. 저장도 내려받기도 한 번만 해요.`,
  hiddenInAll: ({ size }) =>
    `위 레이어에 가려졌지만 여전히 저장되고 내려받는 것이 ${size}예요. 파일을 만든 그 명령 안에서 지워야 줄어들어요.`,
  noneShared: '이 이미지와 레이어를 함께 쓰는 다른 이미지는 아직 없어요.',
};
