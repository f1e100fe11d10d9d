/** A region of the programme: its currency, and where its service providers are. */
export type Region = 'AMER' | 'EMEA' | 'APJ';

export const CURRENCY_OF: Readonly<Record<Region, string>> = { AMER: 'USD', EMEA: 'EUR', APJ: 'JPY' };

/** An invented service provider: name, where it is, its address, its mail domain's name, who reports its usage. */
export type ProviderData = {
  name: string;
  city: string;
  postCode: string;
  address: readonly string[];
  domain: string;
  contact: string;
  taxId?: string;
};

const provider = (
  name: string,
  domain: string,
  contact: string,
  city: string,
  postCode: string,
  address: readonly string[],
  taxId?: string,
): ProviderData => ({ name, domain, contact, city, postCode, address, ...(taxId === undefined ? {} : { taxId }) });

/** The service providers of the sample programme, by region. All are invented. */
// biome-ignore format: a table
export const PROVIDERS: Readonly<Record<Region, readonly ProviderData[]>> = {
  AMER: [
    provider('Bluestem Hosting Inc.', 'bluestem-hosting', 'Dana Whitfield', 'Omaha', '68131', ['4410 Prairie Avenue', 'Omaha, NE 68131', 'United States']),
    provider('Cascade Ridge Cloud LLC', 'cascade-ridge', 'Marcus Oyelaran', 'Portland', '97209', ['88 NW Ferry Street, Suite 210', 'Portland, OR 97209', 'United States']),
    provider('Hébergement Boréal inc.', 'boreal-hebergement', 'Geneviève Lachance', 'Montréal', 'H3B 4W8', ['1250, rue de la Gauchetière Ouest', 'Montréal (Québec) H3B 4W8', 'Canada']),
    provider('Lone Juniper Data Centers, L.P.', 'lone-juniper', 'Travis McAllen', 'Austin', '78704', ['700 Barton Trace', 'Austin, TX 78704', 'United States']),
    provider('Nuvem do Planalto Serviços de TI Ltda.', 'nuvem-planalto', 'João Gonçalves', 'São Paulo', '04547-005', ['Rua das Acácias, 315 – 8º andar', '04547-005 São Paulo – SP', 'Brasil'], '41.208.377/0001-52'),
    provider('Great Lakes Compute Cooperative', 'greatlakes-compute', 'Ellen Kowalczyk', 'Milwaukee', '53202', ['16 Harbor Plaza', 'Milwaukee, WI 53202', 'United States']),
    provider('Nube Ágil de México, S.A. de C.V.', 'nube-agil', 'Íñigo Peña Muñoz', 'Querétaro', '76000', ['Av. Constituyentes 204, Col. Centro', '76000 Santiago de Querétaro, Qro.', 'México'], 'NAM150312QX4'),
    provider('Tidewater Managed Systems Corp.', 'tidewater-systems', 'Renée Baptiste', 'Norfolk', '23510', ['3 Granby Wharf', 'Norfolk, VA 23510', 'United States']),
    provider('Maple & Main Hosting Ltd.', 'maple-main', 'Owen Sinclair', 'Toronto', 'M5C 1K9', ['95 Adelaide Street East', 'Toronto, ON M5C 1K9', 'Canada']),
    provider('Andina Datacenters S.A.S.', 'andina-datacenters', 'Martín Nuñez', 'Bogotá', '110221', ['Carrera 11 # 82-71, Of. 502', 'Bogotá D.C. 110221', 'Colombia'], '900.481.226-3'),
    provider('Sierra Vista Virtual, Inc.', 'sierra-vista-virtual', 'Priya Raghavan', 'Reno', '89521', ['2205 Double R Boulevard', 'Reno, NV 89521', 'United States']),
    provider('Harborlight Cloud Group', 'harborlight', 'Siobhán Doyle', 'Boston', '02110', ['41 Long Wharf, 3rd Floor', 'Boston, MA 02110', 'United States']),
    provider('Copperline IT Services', 'copperline-it', 'Hector Valdés', 'Phoenix', '85018', ['5151 N. Camelback Court', 'Phoenix, AZ 85018', 'United States']),
    provider('Patagonia Cómputo S.A.', 'patagonia-computo', 'Lucía Fernández', 'Rosario', 'S2000DSU', ['Bv. Oroño 1450', 'S2000DSU Rosario', 'Argentina'], '30-71402887-6'),
  ],
  EMEA: [
    provider('Weißenfels & Söhne Rechenzentren GmbH', 'weissenfels-rz', 'Jürgen Weißenfels', 'Leipzig', '04109', ['Große Fleischergasse 12', '04109 Leipzig', 'Deutschland'], 'DE318842705'),
    provider('Müritz Cloud AG', 'mueritz-cloud', 'Käthe Böttcher', 'Rostock', '18055', ['Am Strande 7', '18055 Rostock', 'Deutschland'], 'DE290117364'),
    provider('Nuages du Léman SA', 'nuages-leman', 'Éloïse Chappuis', 'Lyon', '69006', ['14, quai Saint-Exupéry', '69006 Lyon', 'France'], 'FR62481205937'),
    provider('Société Bretonne d’Hébergement', 'bretonne-hebergement', 'Loïc Le Goff', 'Rennes', '35000', ['3 bis, rue du Pré-Botté', '35000 Rennes', 'France'], 'FR17539904218'),
    provider('Chmura Śląska Sp. z o.o.', 'chmura-slaska', 'Małgorzata Wójcik', 'Łódź', '90-643', ['ul. Żeligowskiego 41/3', '90-643 Łódź', 'Polska'], 'PL7251834096'),
    provider('Przetwarzanie Danych „Gęś” S.A.', 'gesdane', 'Zbigniew Świątek', 'Gdańsk', '80-765', ['ul. Długie Ogrody 8', '80-765 Gdańsk', 'Polska'], 'PL5842719930'),
    provider('Αιγαίο Νέφος Α.Ε.', 'aigaio-nefos', 'Ελένη Παπαδοπούλου', 'Πειραιάς', '185 38', ['Ακτή Μιαούλη 83', '185 38 Πειραιάς', 'Ελλάδα'], 'EL094277815'),
    provider('Υπολογιστικά Κέντρα Θεσσαλονίκης Ε.Π.Ε.', 'ykt', 'Γιώργος Ξανθόπουλος', 'Θεσσαλονίκη', '546 24', ['Λεωφόρος Νίκης 21', '546 24 Θεσσαλονίκη', 'Ελλάδα'], 'EL800416329'),
    provider('Облак Витоша ЕООД', 'oblak-vitosha', 'Десислава Желязкова', 'София', '1784', ['бул. „Цариградско шосе“ 115', '1784 София', 'България'], 'BG204518837'),
    provider('Центри за податке Фрушка д.о.о.', 'fruska-data', 'Љиљана Њежић', 'Нови Сад', '21000', ['Булевар ослобођења 60', '21000 Нови Сад', 'Србија'], 'RS108842263'),
    provider('Fjordskyen Datasenter AS', 'fjordskyen', 'Åse Bjørnstad', 'Tromsø', '9008', ['Sjøgata 18', '9008 Tromsø', 'Norge'], 'NO 917 204 566 MVA'),
    provider('Nube del Sur, S.L.', 'nube-del-sur', 'Begoña Ibáñez', 'Málaga', '29015', ['Calle Larios, 9, 2.º', '29015 Málaga', 'España'], 'ESB93550172'),
    provider('Červený Vršek Hosting s.r.o.', 'cerveny-vrsek', 'Jiří Dvořák', 'Brno', '602 00', ['Údolní 33', '602 00 Brno', 'Česko'], 'CZ06218843'),
    provider('Brightwater Cloud Ireland DAC', 'brightwater', 'Aoife Ní Bhriain', 'Dublin', 'D02 X576', ['22 Grand Canal Quay', 'Dublin 2, D02 X576', 'Ireland'], 'IE3318472OH'),
  ],
  APJ: [
    provider('株式会社みなと雲', 'minato-kumo', '佐藤 美咲', '横浜', '220-0012', ['〒220-0012', '神奈川県横浜市西区みなとみらい3-6-1', '日本']),
    provider('北星データセンター合同会社', 'hokusei-dc', '高橋 健一', '札幌', '060-0005', ['〒060-0005', '北海道札幌市中央区北五条西6-2', '日本']),
    provider('さくら坂ホスティング株式会社', 'sakurazaka-hosting', '伊藤 さくら', '福岡', '810-0024', ['〒810-0024', '福岡県福岡市中央区桜坂1-4-8', '日本']),
    provider('関西クラウド運用株式会社', 'kansai-cloud-unyo', '山本 大輔', '大阪', '530-0001', ['〒530-0001', '大阪府大阪市北区梅田2-5-25', '日本']),
    provider('云岭数据科技有限公司', 'yunling-data', '李 明远', '昆明', '650041', ['云南省昆明市盘龙区东风东路36号', '650041', '中国'], '91530103MA6N7X2K5R'),
    provider('江南云计算服务有限公司', 'jiangnan-cloud', '陈 思雨', '苏州', '215123', ['江苏省苏州市工业园区星湖街218号', '215123', '中国'], '91320594MA1W3H8T2D'),
    provider('한빛클라우드 주식회사', 'hanbit-cloud', '김 지훈', '서울', '06236', ['서울특별시 강남구 테헤란로 152', '06236', '대한민국'], '214-87-60351'),
    provider('남해데이터센터 주식회사', 'namhae-dc', '박 서연', '부산', '48059', ['부산광역시 해운대구 센텀중앙로 48', '48059', '대한민국'], '605-81-33472'),
    provider('Southern Cross Hosting Pty Ltd', 'southerncross-hosting', 'Bronwyn Tully', 'Sydney', '2000', ['Level 9, 60 Margaret Street', 'Sydney NSW 2000', 'Australia'], 'ABN 63 114 902 558'),
    provider('Kererū Cloud Ltd', 'kereru-cloud', 'Wiremu Tāmati', 'Wellington', '6011', ['11 Tory Street, Te Aro', 'Wellington 6011', 'New Zealand']),
    provider('Merlion Managed Services Pte. Ltd.', 'merlion-managed', 'Tan Wei Ling', 'Singapore', '138577', ['1 Fusionopolis View, #05-12', 'Singapore 138577', 'Singapore'], '201844127K'),
    provider('Deccan Virtual Systems Pvt. Ltd.', 'deccan-virtual', 'Ananya Kulkarni', 'Hyderabad', '500081', ['Plot 41, Madhapur Road', 'Hyderabad 500081', 'India'], '36AAHCD4471L1ZP'),
  ],
};
