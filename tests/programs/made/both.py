value = 'from source'
