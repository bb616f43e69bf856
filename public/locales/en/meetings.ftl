# Mufakat in English: meetings and people.

