extension Germany {
  /// What is in every country's parts, as German books call it.
  static let names = ChartNames(
    """
    Assets                        Aktiva
    Cash and banks                Kasse und Bank
    Petty cash                    Kasse
    Tills                         Ladenkassen
    Current account               Girokonto
    Payroll account               Lohnkonto
    Savings account               Tagesgeldkonto
    Foreign currency account      Fremdwährungskonto
    Card payments on their way    Kartenzahlungen unterwegs
    Account for tied gifts        Konto für zweckgebundene Spenden
    Receivables                   Forderungen
    Trade receivables             Forderungen aus Lieferungen und Leistungen
    Allowance for bad debts       Wertberichtigungen auf Forderungen
    Unbilled work                 Nicht abgerechnete Leistungen
    Advances to employees         Vorschüsse an Mitarbeiter
    Deposits paid                 Geleistete Kautionen
    Deposits with suppliers       Geleistete Anzahlungen
    Due from group companies      Forderungen gegen verbundene Unternehmen
    Retentions by customers       Sicherheitseinbehalte der Kunden
    Contract work not billed      Nicht abgerechnete Bauleistungen
    Guests in the house           Forderungen an Hausgäste
    Grants promised to us         Zugesagte Zuschüsse
    Membership fees due           Offene Mitgliedsbeiträge
    Stock                         Vorräte
    Goods in the warehouse        Waren im Lager
    Goods in the shop             Waren im Laden
    Goods on their way            Unterwegs befindliche Waren
    Raw materials                 Rohstoffe
    Auxiliary materials           Hilfs- und Betriebsstoffe
    Work in progress              Unfertige Erzeugnisse
    Finished goods                Fertige Erzeugnisse
    Goods for resale              Handelswaren
    Materials at subcontractors   Beistellungen bei Lohnfertigern
    Building materials            Baustoffe
    Buildings for sale            Zum Verkauf bestimmte Bauten
    Land to build on              Zum Verkauf bestimmte Grundstücke
    Food in store                 Lebensmittelvorräte
    Drinks in store               Getränkevorräte
    Supplies for guests           Gästebedarf
    Goods to sell                 Verkaufswaren
    Goods to give away            Hilfsgüter
    Prepaid costs                 Aktive Rechnungsabgrenzung
    Prepaid rent                  Vorausbezahlte Mieten
    Prepaid insurance             Vorausbezahlte Versicherungen
    Prepaid subscriptions         Vorausbezahlte Abonnements
    Fixed assets                  Anlagevermögen
    Land and buildings            Grundstücke und Bauten
    Depreciation of buildings     Abschreibungen auf Bauten
    Furniture                     Büroeinrichtung
    Depreciation of furniture     Abschreibungen auf Einrichtung
    Computers                     EDV-Anlagen
    Depreciation of computers     Abschreibungen auf EDV-Anlagen
    Software licences             Softwarelizenzen
    Amortisation of licences      Abschreibungen auf Softwarelizenzen
    Shop fittings                 Ladeneinrichtung
    Depreciation of fittings      Abschreibungen auf Ladeneinrichtung
    Vehicles                      Fuhrpark
    Depreciation of vehicles      Abschreibungen auf Fuhrpark
    Machines and plant            Maschinen und Anlagen
    Depreciation of machines      Abschreibungen auf Maschinen
    Tools and moulds              Werkzeuge und Formen
    Depreciation of tools         Abschreibungen auf Werkzeuge
    Patents and licences          Patente und Lizenzen
    Amortisation of patents       Abschreibungen auf Patente
    Plant being built             Anlagen im Bau
    Building machines             Baumaschinen
    Scaffolding and tools         Gerüste und Werkzeuge
    Kitchen equipment             Küchenausstattung
    Depreciation of kitchens      Abschreibungen auf Küchenausstattung
    Furniture for guests          Einrichtung der Gasträume
    Linen and tableware           Wäsche und Geschirr
    Depreciation of linen         Abschreibungen auf Wäsche und Geschirr
    Furniture and equipment       Betriebs- und Geschäftsausstattung
    Depreciation of equipment     Abschreibungen auf Ausstattung
    Shares in other companies     Beteiligungen
    Shares in joint ventures      Anteile an Arbeitsgemeinschaften
    Investments of endowments     Anlagen des Stiftungsvermögens
    Suspense                      Ungeklärte Beträge
    Liabilities                   Fremdkapital
    Payables                      Verbindlichkeiten
    Trade payables                Verbindlichkeiten aus Lieferungen und Leistungen
    Credit cards                  Kreditkarten
    Goods not invoiced yet        Nicht berechnete Wareneingänge
    Subcontractors not invoiced   Nicht berechnete Nachunternehmerleistungen
    Grants promised by us         Zugesagte Zuwendungen an andere
    Accrued costs                 Abgegrenzte Kosten
    Wages owed                    Verbindlichkeiten aus Lohn und Gehalt
    Retainers not yet earned      Erhaltene Honorarvorschüsse
    Gift vouchers                 Ausgegebene Gutscheine
    Warranty claims expected      Gewährleistungsrückstellungen
    Billed ahead of work          Vorausberechnete Bauleistungen
    Membership fees in advance    Vorausbezahlte Mitgliedsbeiträge
    Deposits from customers       Erhaltene Anzahlungen
    Deposits for bookings         Anzahlungen auf Buchungen
    Grants in advance             Noch nicht verwendete Zuschüsse
    Due to group companies        Verbindlichkeiten gegen verbundene Unternehmen
    Retentions of subcontractors  Sicherheitseinbehalte von Nachunternehmern
    Tips owed to staff            Trinkgelder des Personals
    Defects to make good          Rückstellungen für Mängelbeseitigung
    Taxes                         Steuern und Abgaben
    Loans                         Darlehen
    Overdraft                     Kontokorrentkredit
    Bank loan                     Bankdarlehen
    Unamortised loan costs        Disagio
    Notes payable                 Schuldwechsel
    Hire purchase of machines     Mietkauf von Maschinen
    Equity                        Eigenkapital
    Retained earnings             Gewinnvortrag
    Opening balances              Saldenvorträge
    Translation adjustment        Währungsumrechnung
    Income                        Erträge
    Consulting fees               Beratungshonorare
    Project fees                  Projekthonorare
    Retainers                     Pauschalhonorare
    Training fees                 Schulungserlöse
    Costs charged on              Weiterberechnete Kosten
    Sales in the shop             Erlöse im Laden
    Sales to businesses           Erlöse an Gewerbekunden
    Sales on the web              Erlöse im Onlinehandel
    Sales returned                Retouren der Kunden
    Discounts given               Gewährte Skonti und Rabatte
    Delivery charged              Berechnete Lieferkosten
    Sales of own products         Erlöse aus eigenen Erzeugnissen
    Sales of goods bought in      Erlöse aus Handelswaren
    Contract manufacturing        Lohnfertigung für andere
    Spare parts and repairs       Ersatzteile und Reparaturen
    Contract income               Erlöse aus Bauaufträgen
    Variations and extra work     Nachträge
    Maintenance and small jobs    Wartung und Kleinaufträge
    Hire of own machines          Vermietung eigener Geräte
    Sales of buildings            Verkauf von Bauten
    Deductions for defects        Minderungen wegen Mängeln
    Rooms                         Erlöse Beherbergung
    Food sold                     Erlöse Speisen
    Drinks sold                   Erlöse Getränke
    Breakfast                     Erlöse Frühstück
    Events and catering           Veranstaltungen und Catering
    Other services to guests      Sonstige Gästeleistungen
    Refunds to guests             Erstattungen an Gäste
    Donations                     Spenden
    Gifts in kind                 Sachspenden
    Membership fees               Mitgliedsbeiträge
    Public grants                 Öffentliche Zuschüsse
    Grants of foundations         Zuschüsse von Stiftungen
    Fundraising events            Benefizveranstaltungen
    Sales of goods                Warenverkauf
    Course and entrance fees      Kurs- und Eintrittsgelder
    Donations returned            Zurückgezahlte Spenden
    Interest received             Zinserträge
    Other income                  Sonstige Erträge
    Costs of projects             Projektkosten
    Subcontractors                Nachunternehmer
    Project travel                Reisekosten für Projekte
    Project licences              Lizenzen für Projekte
    Rebates received              Erhaltene Boni
    Costs of goods                Wareneinsatz
    Cost of goods sold            Einsatz verkaufter Waren
    Freight and duty              Bezugskosten und Zölle
    Shrinkage and write-offs      Schwund und Abwertungen
    Purchases returned            Retouren an Lieferanten
    Discounts received            Erhaltene Skonti und Rabatte
    Costs of production           Herstellungskosten
    Materials used                Materialverbrauch
    Production wages              Fertigungslöhne
    Work done by others           Fremdleistungen
    Energy for production         Energie der Fertigung
    Scrap and rework              Ausschuss und Nacharbeit
    Change in stock of products   Bestandsveränderungen
    Overheads put into stock      Aktivierte Gemeinkosten
    Costs of contracts            Kosten der Bauaufträge
    Site wages                    Baustellenlöhne
    Hire of machines              Gemietete Geräte
    Site set-up and disposal      Baustelleneinrichtung und Entsorgung
    Fuel for machines             Kraftstoffe für Geräte
    Permits and surveys           Genehmigungen und Vermessung
    Making good of defects        Mängelbeseitigung
    Costs of guests               Kosten der Gästebewirtung
    Food used                     Verbrauch Lebensmittel
    Drinks used                   Verbrauch Getränke
    Kitchen and service wages     Löhne Küche und Service
    Laundry                       Wäschereinigung
    Booking commissions           Vermittlungsprovisionen
    Supplies used by guests       Verbrauch Gästebedarf
    Breakage and waste            Bruch und Verderb
    Meals of staff                Verrechnete Personalverpflegung
    Costs of programmes           Kosten der Projekte
    Programme wages               Löhne der Projekte
    Grants given                  Zuwendungen an andere
    Programme materials           Sachkosten der Projekte
    Programme travel              Reisekosten der Projekte
    Goods given away              Ausgegebene Hilfsgüter
    Fundraising costs             Kosten der Mittelbeschaffung
    Grants given that came back   Zurückerhaltene Zuwendungen
    Running costs                 Betriebliche Aufwendungen
    People                        Personal
    Salaries                      Gehälter
    Training and recruiting       Fortbildung und Personalsuche
    Wages                         Löhne und Gehälter
    Meals and uniforms of staff   Verpflegung und Kleidung des Personals
    Premises                      Räume
    Rent                          Miete
    Electricity and heating       Strom und Heizung
    Cleaning and repairs          Reinigung und Instandhaltung
    Insurance                     Versicherungen
    Office                        Büro
    Office supplies               Bürobedarf
    Telephone and internet        Telefon und Internet
    Software subscriptions        Software-Abonnements
    Office and telephone          Büro und Telefon
    Delivery and vehicles         Lieferung und Fahrzeuge
    Vehicles and travel to site   Fahrzeuge und Fahrten zur Baustelle
    Music and television licences  GEMA und Rundfunkbeitrag
    Volunteers' expenses          Auslagen der Ehrenamtlichen
    Packaging used                Verpackung
    Board and general meetings    Vorstand und Mitgliederversammlung
    Marketing                     Marketing
    Advertising                   Werbung
    Card and payment fees         Kosten des Zahlungsverkehrs
    Research and development      Forschung und Entwicklung
    Tenders and estimates         Angebote und Ausschreibungen
    Fees to umbrella bodies       Beiträge an Dachverbände
    Travel and entertainment      Reise- und Bewirtungskosten
    Repairs and cleaning          Reparaturen und Reinigung
    Legal and accounting fees     Rechts- und Steuerberatung
    Depreciation                  Abschreibungen
    Warranty costs                Gewährleistung
    Bonds and guarantees          Bürgschaften
    Bad debts                     Forderungsausfälle
    Finance and tax               Finanzen und Steuern
    Bank charges                  Bankgebühren
    Interest paid                 Zinsaufwand
    Realised exchange result      Realisierte Kursdifferenzen
    Unrealised exchange result    Nicht realisierte Kursdifferenzen
    Rounding                      Rundungsdifferenzen
    """)
}
