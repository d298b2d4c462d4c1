"""Files of official statistics, read and checked by DuckDB: layouts, words, dates, exact numbers, vintages.

What they mean (agencies, places, commodities) is in `seeds/official_terms.csv` and in the models.
"""
