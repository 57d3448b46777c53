import { josa } from '../josa.ts';
import { bytes } from '../quantities.ts';
import { javaBriefs, javaSentences } from './java-ko.ts';
import type { ProgramTexts } from './program-texts.ts';

/** 프로그램이 하는 일. */
export const programSentences: ProgramTexts = {
  'package-lists': (d) =>
    `${josa(d.manager, '이/가')} 패키지 목록을 ${d.folder}에 두었어요(${bytes(d.bytes)}). Dockerfile에서는 이 RUN의 레이어에 그대로 들어가요. 같은 RUN 안에서 지워야 레이어가 작아져요.`,
  'packages-installed': (d) =>
    [
      `${josa(d.manager, '이/가')} 패키지 ${d.count}개(${bytes(d.bytes)})를 컨테이너의 쓰기 레이어에 풀었어요.`,
      d.typical ? '여기 나온 버전이나 크기는 확인한 값이 아니라 흔한 값이에요.' : '',
      d.unknown.length === 0
        ? ''
        : `${d.unknown.join(', ')}: 샌드박스가 모르는 패키지라서 빈 껍데기를 넣었어요. 실제 저장소에는 없을 수도 있어요.`,
    ]
      .filter((text) => text !== '')
      .join(' '),
  'packages-removed': (d) =>
    `${josa(d.manager, '이/가')} 패키지 ${d.count}개를 지웠어요(${bytes(d.bytes)}). 아래 레이어에서 온 파일은 가려질 뿐이라, 그만큼 이미지가 작아지지는 않아요.`,
  'program-read': (d) =>
    `샌드박스가 ${d.language} 프로그램 ${d.file}(${d.lines}줄)을 읽고 적힌 대로 흉내 내요. 코드를 실제로 실행하지는 않아요. 진짜 런타임이라면 컴파일해서 실행했을 거예요.`,
  'program-beyond': (d) =>
    `${d.place}에서 ${d.language} 프로그램이 샌드박스가 읽지 못하는 일을 해요: ${d.what}. 그래서 여기서 종료 코드 70으로 끝나요. 진짜 런타임이라면 계속했을 거예요.`,
  'output-stands-in': (d) =>
    `${josa(d.tool, '은/는')} 여기서 실행하지 않아요. ${d.made}에는 ${d.from}에 적힌 대로 파일 ${d.files}개를 두었는데, 공개 파일은 그대로이고 만들어질 코드 자리에는 대역 파일이 있어요. 진짜 ${d.tool}이라면 소스를 컴파일했을 거예요.`,
  'server-ready': (d) =>
    `${josa(d.program, '이/가')} 이 네트워크 네임스페이스의 ${d.port}번 포트에서 연결을 기다려요.${d.workers === 0 ? '' : ` 실제 일은 자식 프로세스 ${d.workers}개가 나눠 해요.`} 호스트의 포트로 들어오려면 포트를 게시해야 해요.`,
  ...javaSentences,
};

/** 짧은 설명. */
export const programBriefs: ProgramTexts = {
  'package-lists': (d) => `패키지 목록 ${bytes(d.bytes)}: ${d.folder}. 같은 RUN 안에서 지워야 사라져요`,
  'packages-installed': (d) =>
    `패키지 ${d.count}개, ${bytes(d.bytes)}를 쓰기 레이어에 풀어요${d.typical ? '(흔한 크기)' : ''}${d.unknown.length === 0 ? '' : `; ${d.unknown.join(', ')}: 여기서는 모르는 패키지라 빈 껍데기`}`,
  'packages-removed': (d) => `패키지 ${d.count}개 삭제, ${bytes(d.bytes)}; 아래 레이어의 것은 그대로예요`,
  'program-read': (d) => `${d.file}: ${d.language} ${d.lines}줄을 읽고 그대로 흉내 내요. 코드는 실행하지 않아요`,
  'program-beyond': (d) => `${d.place}: 여기서는 읽지 못하는 내용이라 종료 코드 70으로 끝나요 (${d.what})`,
  'output-stands-in': (d) =>
    `${josa(d.tool, '은/는')} 실행하지 않아요. ${d.made}의 파일 ${d.files}개 가운데 코드 자리에는 대역 파일이 있어요`,
  'server-ready': (d) =>
    `${josa(d.program, '이/가')} ${d.port}번 포트에서 기다려요${d.workers === 0 ? '' : `, 자식 프로세스 ${d.workers}개`}`,
  ...javaBriefs,
};
