interface Sized {
  readonly name: string;
  readonly size: string;
}

/** The words of `drydock disk`. Sizes are already in words. */
export interface DiskTexts {
  readonly layersHeading: (d: { readonly size: string; readonly images: number }) => string;
  readonly countedTwice: (d: { readonly counted: string; readonly saved: string }) => string;
  readonly image: (d: Sized & { readonly own: string; readonly shared: string }) => string;
  readonly imageAlone: (d: Sized) => string;
  readonly unused: string;
  readonly users: (d: { readonly containers: number }) => string;
  readonly sharedHeading: string;
  readonly sharedLayer: (d: {
    readonly layer: string;
    readonly size: string;
    readonly images: readonly string[];
    readonly more: number;
  }) => string;
  readonly containersHeading: (d: { readonly size: string; readonly containers: number }) => string;
  readonly container: (d: Sized & { readonly running: boolean }) => string;
  readonly log: (d: { readonly size: string }) => string;
  readonly volumesHeading: (d: { readonly size: string; readonly volumes: number }) => string;
  readonly volume: (d: Sized) => string;
  readonly volumeUsers: (d: { readonly names: readonly string[] }) => string;
  readonly volumeFree: string;
  readonly cache: (d: { readonly records: number; readonly own: string; readonly shared: string }) => string;
  readonly more: (d: { readonly more: number }) => string;
  readonly howToFree: string;
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

export const diskTextsEn: DiskTexts = {
  layersHeading: ({ size, images }) => `Layers of ${plural(images, 'image')}: ${size}, each layer once`,
  countedTwice: ({ counted, saved }) =>
    `the sizes of the images add up to ${counted}: ${saved} of that is counted twice`,
  image: ({ name, size, own, shared }) => `${name}  ${size}: ${own} of its own, ${shared} shared`,
  imageAlone: ({ name, size }) => `${name}  ${size}, nothing shared`,
  unused: 'no container',
  users: ({ containers }) => plural(containers, 'container'),
  sharedHeading: 'Layers that several images have',
  sharedLayer: ({ layer, size, images, more }) =>
    `${layer}  ${size}: ${images.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  containersHeading: ({ size, containers }) => `Writable layers of ${plural(containers, 'container')}: ${size}`,
  container: ({ name, size, running }) => `${name}  ${size}${running ? '' : ', stopped'}`,
  log: ({ size }) => `its log: ${size} (docker system df does not count logs)`,
  volumesHeading: ({ size, volumes }) => `${plural(volumes, 'volume')}: ${size}`,
  volume: ({ name, size }) => `${name}  ${size}`,
  volumeUsers: ({ names }) => `of ${names.join(', ')}`,
  volumeFree: 'no container has it; it stays until somebody removes it',
  cache: ({ records, own, shared }) =>
    `Build cache: ${plural(records, 'record')}, ${own} of its own; ${shared} are layers that images have too`,
  more: ({ more }) => `and ${more} more`,
  howToFree: 'What nobody uses goes with docker system prune (volumes stay, unless --volumes).',
};

export const diskTextsKo: DiskTexts = {
  layersHeading: ({ size, images }) => `이미지 ${images}개의 레이어: ${size} (레이어마다 한 번씩)`,
  countedTwice: ({ counted, saved }) => `이미지 크기를 그대로 더하면 ${counted}. 그 가운데 ${saved}는 겹쳐 센 거예요`,
  image: ({ name, size, own, shared }) => `${name}  ${size}: 혼자 쓰는 것 ${own}, 함께 쓰는 것 ${shared}`,
  imageAlone: ({ name, size }) => `${name}  ${size}, 함께 쓰는 것 없음`,
  unused: '쓰는 컨테이너 없음',
  users: ({ containers }) => `컨테이너 ${containers}개`,
  sharedHeading: '여러 이미지가 함께 쓰는 레이어',
  sharedLayer: ({ layer, size, images, more }) =>
    `${layer}  ${size}: ${images.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`,
  containersHeading: ({ size, containers }) => `컨테이너 ${containers}개의 쓰기 레이어: ${size}`,
  container: ({ name, size, running }) => `${name}  ${size}${running ? '' : ', 멈춤'}`,
  log: ({ size }) => `로그: ${size} (docker system df는 로그를 세지 않아요)`,
  volumesHeading: ({ size, volumes }) => `볼륨 ${volumes}개: ${size}`,
  volume: ({ name, size }) => `${name}  ${size}`,
  volumeUsers: ({ names }) => `쓰는 컨테이너: ${names.join(', ')}`,
  volumeFree: '쓰는 컨테이너가 없어요. 누가 지울 때까지 남아 있어요',
  cache: ({ records, own, shared }) =>
    `빌드 캐시: 기록 ${records}개, 혼자 쓰는 것 ${own}. 이미지의 레이어이기도 한 것이 ${shared}예요`,
  more: ({ more }) => `외 ${more}개`,
  howToFree: '아무도 쓰지 않는 것은 docker system prune으로 지워요(볼륨은 --volumes를 붙여야 지워요).',
};
