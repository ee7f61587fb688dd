"""Chinese characters of Korean place names, as they are read in Korea: 月谷洞 is 월곡동.

Residents from China write the characters, in simplified or in traditional form; our data has Hangul, Latin and Cyrillic names.
"""

import re
from collections import defaultdict
from itertools import islice, product

HAN = re.compile("[\u3400-\u9fff]")
MOST = 24  # spellings of one name that are tried

# A syllable and the characters read so. At the beginning of a word ㄹ and ㄴ change: 龍 is 룡, but 龍仁 is 용인.
_READ = (
    "가加可佳嘉歌伽 각角閣阁覺觉 간間间干看 갈葛 감甘監监 갑甲岬 강江康講讲崗岗姜 개開开介 거巨居車车 건乾建 "
    "검儉黔劍剑 경京慶庆景敬鏡镜庚 계桂溪鷄鸡界啓启季 고高古固孤皐皋庫库 곡谷曲 곤昆 공公功孔恭 과果過过科 "
    "관官館馆觀观冠貫贯 광光廣广匡 괴槐 교橋桥校敎教 구九龜龟邱丘鳩鸠舊旧口區区球 국國国菊 군郡軍军君 궁宮宫弓 "
    "권權权 귀貴贵 금金錦锦今琴 기基機机起箕旗耆岐器 길吉 김金 남南男 내內内奈 농農农 다多茶 단丹端壇坛檀短 "
    "달達达 담潭淡 당堂唐塘棠 대大垈臺台帶带代 덕德 도道島岛都陶渡桃到度 돈敦 동洞東东桐冬同銅铜童棟栋 두斗頭头豆 "
    "둔屯 등登燈灯 라羅罗 락洛樂乐落 란蘭兰 래來来 량良梁凉 려麗丽驪骊呂吕 련蓮莲連连 령靈灵嶺岭 례禮礼 "
    "로老路魯鲁蘆芦露 록鹿綠绿 론論论 룡龍龙 루樓楼 류柳流留 륙陸陆六 륜倫輪轮 률栗 릉陵 리里利李梨理 림林臨临 "
    "립立 마馬马麻磨 막幕 만萬万滿满 말末 망望 매梅 맥麥麦 면面綿绵 명明鳴鸣名 모毛慕牟帽 목木牧 몽夢梦 "
    "묘墓妙廟庙 무武務务茂舞 묵墨 문文門门聞闻汶 미美彌弥尾米 민民 밀密 박朴 반半盤盘磻伴般 발鉢 방方防芳坊榜 "
    "배培拜 백白百栢柏 번樊 범凡範范 법法 벽碧壁 변邊边 별別别 병兵 보普寶宝甫保報报 복福伏 본本 "
    "봉鳳凤峰峯奉烽蓬 부富扶釜府浮部副 북北 분盆芬分 불佛 비飛飞琵碑比非秘 사沙四寺士社射司史泗 산山 삼三森 "
    "상上相象尙尚桑商霜常 새塞 서西瑞書书序 석石席錫锡 선仙先善宣船禪禅鮮鲜 설雪 섬蟾 성城星聖圣成省 세世 "
    "소所小素蘇苏巢韶 속束 손孫孙 송松宋 수水壽寿秀守樹树首 숙淑宿 순順顺淳 숭崇 승勝胜承僧昇升 시市時时始柿 "
    "식植 신新神信申薪辛 실室實实 심深心沈 쌍雙双 아牙鵝鹅鴉鸦阿 악岳 안安雁岸鞍眼 암岩巖庵暗 압鴨鸭 앙仰 애艾 "
    "야野夜 약藥药 양陽阳楊杨羊洋養养襄 어魚鱼御於漁渔 언彦 엄嚴严 여餘余如汝 역驛驿域 연燕延淵渊煙烟 염鹽盐 "
    "영永榮荣英瑛映迎營营 예藝艺 오五烏乌梧吾午 옥玉屋沃 온溫温 옹瓮 와瓦臥卧 완完莞 왕王旺往 외外 용用 "
    "우牛雨右羽優优 운雲云運运 울蔚 웅熊雄 원元院原遠远園园源圓圆 월月越 위渭威 유儒油裕維维酉 은銀银恩隱隐殷 "
    "을乙 읍邑 음陰阴 응鷹鹰應应 의義义宜 이伊二耳泥 익益 인仁人印麟 일一日 임任 자子紫慈自 작鵲鹊 잠蠶蚕 "
    "장長长章場场將将藏莊庄張张獐 재才齋斋 저猪楮 적赤積积 전全田前錢钱傳传 점店 정正亭井定停政貞贞靜静汀丁 "
    "제濟济堤齊齐第 조鳥鸟朝造祖照 종宗鍾鐘钟 좌佐左 주州周珠舟朱洲住 죽竹 중中仲 증曾 지池芝地智枝 직稷 "
    "진眞真鎭鎮镇津珍陳陈晉晋 차車车茶 창昌倉仓窓 처處处 천川天千泉遷迁 철鐵铁 첨尖 청淸清靑青晴 초草初 촌村 "
    "추秋 축丑 춘春 충忠 치雉治 칠七漆 탄灘滩炭 탑塔 태泰太台 토土 통通統统 특特 파坡巴波 판板判 팔八 "
    "평平坪 포浦布蒲抱 표表 풍豊豐丰風风 하下河夏荷 학鶴鹤學学 한漢汉韓韩 함咸 합合 항項项 해海 행幸杏行 "
    "향香鄕鄉乡向 현縣县玄懸峴岘賢贤 호湖虎好 홍洪紅红弘 화花華华化和火 황黃黄 회會会懷怀回 효孝 후厚後后 흑黑 "
    "흥興兴 희喜希禧 "
)
_SYLLABLES: dict[str, list[str]] = defaultdict(list)
for _entry in _READ.split():
    for _character in _entry[1:]:
        _SYLLABLES[_character].append(_entry[0])

# Numbers of neighbourhoods are written both ways: 月谷二洞 is 월곡2동.
_NUMBERED = re.compile("[一二三四五六七八九](?=[洞街])")
_DIGITS = "一二三四五六七八九"


def spellings(name: str) -> list[str]:
    """How the name may be written in Hangul, the likeliest first; empty without Chinese characters or with unknown ones."""
    if not HAN.search(name):
        return []
    numbered = _NUMBERED.sub(lambda found: str(_DIGITS.index(found[0]) + 1), name)
    tried = dict.fromkeys(spelling for text in (numbered, name) for spelling in islice(product(*_choices(text)), MOST))
    return ["".join(spelling) for spelling in tried]


def _choices(text: str) -> list[list[str]]:
    """The syllables that each character may be, at most two readings and their forms at the beginning of a word."""
    choices = []
    for i, character in enumerate(text):
        if not HAN.match(character):
            choices.append([character])
            continue
        read = _SYLLABLES.get(character, [])
        first = [_beginning(syllable) for syllable in read]
        choices.append(list(dict.fromkeys([*first, *read] if i == 0 else [*read, *first])))
    return choices


def _beginning(syllable: str) -> str:
    """The form at the beginning of a word: 룡 is 용 there, 로 is 노."""
    initial, rest = divmod(ord(syllable) - 0xAC00, 588)
    if initial != 5:  # ㄹ
        return syllable
    soft = rest // 28 in (2, 3, 6, 7, 12, 17, 20)  # before ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ it is silent
    return chr(0xAC00 + (11 if soft else 2) * 588 + rest)
