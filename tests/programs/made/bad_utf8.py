text = 'é'
