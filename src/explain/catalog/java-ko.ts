import type { Actions } from '../actions.ts';

/** 자바 프로세스 가상 머신의 단계. */
type JavaTexts = { readonly [A in 'class-compiled' | 'class-verified' | 'method-compiled']: (d: Actions[A]) => string };

const compiler = (tier: number) => (tier >= 4 ? 'C2' : 'C1');

export const javaSentences: JavaTexts = {
  'class-compiled': (d) =>
    `javac가 ${d.file} 파일을 만들었어요. 형식 버전은 ${d.version}이고 ${d.bytes}바이트예요. 안에 든 것은 이 프로세서의 명령이 아니라 자바 가상 머신의 바이트코드라서, 자바 가상 머신이 있는 곳이라면 같은 파일이 어디서나 돌아가요.`,
  'class-verified': (d) =>
    `자바 가상 머신이 클래스 ${d.name}(형식 버전 ${d.version}) 파일을 읽고 검사한 뒤, 바이트코드를 한 명령씩 해석해요. 메서드 ${d.methods}개에 바이트코드 ${d.bytes}바이트예요. 진짜는 명령마다 타입까지 검증해요. 이것은 프로세스 하나를 위한 가상 머신이에요. 자기 커널도 디스크도 없고, 명령어 집합만 따로 있어요.`,
  'method-compiled': (d) =>
    `${d.method} 메서드가 자주 호출되거나 반복되었어요. 진짜 JVM이라면 지금 기계어로 컴파일해요(${d.tier}단계, ${compiler(d.tier)}). 기준은 HotSpot의 값으로, 3단계는 호출 200번, 4단계는 5,000번이에요. 샌드박스는 계속 해석해요.`,
};

export const javaBriefs: JavaTexts = {
  'class-compiled': (d) => `${d.file}: 바이트코드, 클래스 파일 형식 ${d.version}`,
  'class-verified': (d) => `${d.name} 로드: 메서드 ${d.methods}개, 바이트코드 ${d.bytes}바이트를 해석해요`,
  'method-compiled': (d) => `${d.method}: 자주 불려서 진짜 JVM이라면 컴파일해요(${d.tier}단계, ${compiler(d.tier)})`,
};
